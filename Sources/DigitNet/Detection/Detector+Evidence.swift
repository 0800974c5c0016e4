extension Detector {
  /// What the detector sees on each pyramid level that ``digits(in:threads:)`` searches, from large to small.
  ///
  /// The picture is read row by row. Memory holds a few hundred rows and one byte for every 16 pixels; a picture that
  /// is searched enlarged is small and is held whole.
  public func evidence<Rows: RowSource>(of rows: Rows) throws(Rows.Failure) -> [EvidenceMap] {
    var pyramid = PyramidStream(rows.size, kernels: engine.kernels)
    var levels = pyramid.sizes.enumerated().map { exponent, size in
      EvidenceStream(self, exponent: exponent, size: size, picture: rows.size)
    }
    let isEnlarged = rows.size.pixels < parameters.enlargedBelow
    var pixels: [UInt8] = []
    try rows.forEachRow { row in
      if isEnlarged { pixels += row }
      pyramid.take(row) { level, _, row in levels[level].take(row) }
    }
    guard isEnlarged else { return levels.map(\.map) }
    let enlarged = Image(width: rows.size.width, height: rows.size.height, pixels: pixels).enlarged()
    var first = EvidenceStream(self, exponent: -1, size: enlarged.size, picture: rows.size)
    enlarged.forEachRow { first.take($0) }
    return [first.map] + levels.map(\.map)
  }
}

/// Collects the rows of one level in a sliding window and runs the detector over each band that is complete.
private struct EvidenceStream {
  private let detector: Detector
  private let scan: LevelScan
  private let size: ImageSize
  private var rows: [UInt8] = []
  private var firstRow = 0
  private var nextBlock = 0
  private(set) var map: EvidenceMap

  /// Rows of a band. Large against the rows of overlap above and below it, which are computed twice.
  private static let bandRows = 768

  init(_ detector: Detector, exponent: Int, size: ImageSize, picture: ImageSize) {
    (self.detector, self.size) = (detector, size)
    scan = LevelScan(detector, exponent: exponent, width: picture.width, height: picture.height)
    map = EvidenceMap(exponent: exponent, size: size, engine: detector.engine)
  }

  mutating func take(_ row: UnsafeBufferPointer<UInt8>) {
    rows += row
    let known = firstRow + rows.count / (Image.channels * size.width)
    while let blocks = nextBand, known >= scan.rows(for: blocks, levelHeight: size.height).upperBound {
      look(at: blocks, known: known)
    }
  }

  private var nextBand: Range<Int>? {
    let end = scan.blockRows(levelHeight: size.height)
    return nextBlock < end ? nextBlock..<min(end, nextBlock + Self.bandRows / scan.side) : nil
  }

  private mutating func look(at blocks: Range<Int>, known: Int) {
    let image = Image(width: size.width, height: known - firstRow, pixels: rows)
    rows = []
    let band = Band(image, firstRow: firstRow, height: size.height)
    let region = Region(width: size.width, height: size.height, side: scan.side, blockRows: blocks)
    let (engine, columnCount, rowCount) = (detector.engine, map.columns, map.rows)
    var scores: [UInt8] = []
    swap(&scores, &map.scores)
    engine.run(over: band, region: scan.narrowed(region, of: band)) { y, columns, outputs in
      for (cell, x) in columns.enumerated() where y < rowCount && x < columnCount {
        let first = cell * engine.outputChannels
        let best = outputs[first..<first + 10].max() ?? .min
        scores[y * columnCount + x] = UInt8(Sigmoid.probability(Int(best)) * 255 / Sigmoid.one)
      }
    }
    swap(&scores, &map.scores)
    nextBlock = blocks.upperBound
    guard let next = nextBand else { return }
    let kept = scan.rows(for: next, levelHeight: size.height).lowerBound
    rows = Array(image.pixels[((kept - firstRow) * size.width * Image.channels)...])
    firstRow = kept
  }
}
