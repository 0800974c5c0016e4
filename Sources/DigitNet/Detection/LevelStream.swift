/// The rows of one pyramid level as they come, in a window that moves down: as soon as a band of them is whole, the detector
/// slides over it, and the rows that no later band needs are dropped.
struct LevelStream {
  private let scan: LevelScan
  private let size: ImageSize
  private let threads: Int
  private var rows: [UInt8] = []
  private var firstRow = 0
  private var nextBlock = 0
  private(set) var candidates: [Candidate] = []

  /// Rows of a band: many times those that are computed twice, above and below it.
  private static let bandRows = 768

  init(_ scan: LevelScan, size: ImageSize, threads: Int) {
    self.scan = scan
    self.size = size
    self.threads = threads
  }

  /// Bytes that the window of a level holds at most, `width` pixels wide.
  static func bytes(width: Int) -> Int { 2 * bandRows * width * Image.channels }

  /// Takes the level's next row.
  mutating func take(_ row: UnsafeBufferPointer<UInt8>) {
    if rows.isEmpty { rows.reserveCapacity(min(LevelStream.bytes(width: size.width), size.pixels * Image.channels)) }
    rows += row
    let known = firstRow + rows.count / (Image.channels * size.width)
    // The last rows may complete two bands, of which the second is short.
    while let blocks = nextBand, known >= scan.rows(for: blocks, levelHeight: size.height).upperBound {
      finish(blocks, known: known)
    }
  }

  /// The rows of blocks that come next; nil after the last.
  private var nextBand: Range<Int>? {
    let end = scan.blockRows(levelHeight: size.height)
    return nextBlock < end ? nextBlock..<min(end, nextBlock + LevelStream.bandRows / scan.side) : nil
  }

  private mutating func finish(_ blocks: Range<Int>, known: Int) {
    let image = Image(width: size.width, height: known - firstRow, pixels: rows)
    rows = []
    candidates += scan.candidates(
      in: Band(image, firstRow: firstRow, height: size.height), blockRows: blocks, threads: threads)
    nextBlock = blocks.upperBound
    guard let next = nextBand else { return }
    let kept = scan.rows(for: next, levelHeight: size.height).lowerBound
    rows.reserveCapacity(LevelStream.bytes(width: size.width))
    rows += image.pixels[((kept - firstRow) * size.width * Image.channels)...]
    firstRow = kept
  }
}
