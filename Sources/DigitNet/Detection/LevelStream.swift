/// Receives the rows of one pyramid level in a sliding window. When a band is complete, the detector runs on it, and
/// rows that no later band needs are dropped.
struct LevelStream {
  private let scan: LevelScan
  private let size: ImageSize
  private let threads: Int
  private var rows: [UInt8] = []
  private var firstRow = 0
  private var nextBlock = 0
  private(set) var candidates: [Candidate] = []

  /// Rows of a band. Large against the rows of overlap above and below it, which are computed twice.
  private static let bandRows = 768

  init(_ scan: LevelScan, size: ImageSize, threads: Int) {
    self.scan = scan
    self.size = size
    self.threads = threads
  }

  /// The maximum size of the window, in bytes, for a level of the given width.
  static func bytes(width: Int) -> Int { 2 * bandRows * width * Image.channels }

  /// Adds the level's next row.
  mutating func take(_ row: UnsafeBufferPointer<UInt8>) {
    if rows.isEmpty { rows.reserveCapacity(min(LevelStream.bytes(width: size.width), size.pixels * Image.channels)) }
    rows += row
    let known = firstRow + rows.count / (Image.channels * size.width)
    // The last rows may complete two bands at once, of which the second is short.
    while let blocks = nextBand, known >= scan.rows(for: blocks, levelHeight: size.height).upperBound {
      finish(blocks, known: known)
    }
  }

  /// The next rows of blocks to compute; nil after the last.
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
