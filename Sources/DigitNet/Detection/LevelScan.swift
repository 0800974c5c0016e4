/// Slides the detector over one pyramid level, in bands of rows and strips of columns that don't change what is found.
struct LevelScan: Sendable {
  private let detector: Detector
  private let exponent: Int
  /// Of the picture, not of the level.
  private let width, height: Int
  private let threshold: Int16

  /// Columns of a level that are worth a thread of their own; fewer cost more in what is computed twice than they gain.
  private static let leastPart = 384

  init(_ detector: Detector, exponent: Int, width: Int, height: Int) {
    self.detector = detector
    self.exponent = exponent
    self.width = width
    self.height = height
    threshold = Int16(clamping: Sigmoid.logit(detector.parameters.leastScore))
  }

  /// Pixels of a block's side.
  var side: Int { gate?.engine.network.stride ?? Region.usualSide }

  private var gate: Gate? { detector.parameters.exhaustive ? nil : detector.gate }

  /// Rows of blocks of a level of the given height.
  func blockRows(levelHeight: Int) -> Int { (levelHeight + side - 1) / side }

  /// Where in a region a digit could be.
  func narrowed(_ region: Region, of band: Band) -> Region { gate?.narrowed(region, of: band) ?? region }

  /// The candidates in some rows of blocks; the band must hold what ``rows(for:levelHeight:)`` says.
  func candidates(in band: Band, blockRows: Range<Int>, threads: Int = 1) -> [Candidate] {
    let parts = max(1, min(threads, band.image.width / LevelScan.leastPart))
    let whole = Region(width: band.image.width, height: band.height, side: side, blockRows: blockRows)
    let found = parallel(parts, threads: threads) { i in
      let part = whole.part(columns: (i * whole.columns / parts)..<((i + 1) * whole.columns / parts))
      return candidates(in: band, region: narrowed(part, of: band))
    }
    return Array(found.joined())
  }

  /// The candidates in a region.
  func candidates(in band: Band, region: Region) -> [Candidate] {
    var candidates: [Candidate] = []
    let (channels, threshold) = (detector.engine.outputChannels, threshold)
    detector.engine.run(over: band, region: region) { y, columns, outputs in
      for (cell, x) in columns.enumerated() {
        let first = cell * channels
        var best = first
        for channel in (first + 1)..<(first + 10) where outputs[channel] > outputs[best] { best = channel }
        if outputs[best] >= threshold {
          candidates.append(candidate(best - first, outputs[first..<(first + channels)], row: y, column: x))
        }
      }
    }
    return candidates
  }

  /// The rows of a level of the given height on which the candidates in some rows of blocks depend.
  func rows(for blockRows: Range<Int>, levelHeight: Int) -> Range<Int> {
    let rows = detector.engine.rows(for: blockRows, side: side, height: levelHeight)
    guard let gate = gate?.engine.rows(for: blockRows, side: side, height: levelHeight) else { return rows }
    return min(rows.lowerBound, gate.lowerBound)..<max(rows.upperBound, gate.upperBound)
  }

  /// The candidate of a cell, whose largest logit is that of the digit `value`.
  private func candidate(
    _ value: Int, _ outputs: Slice<UnsafeBufferPointer<Int16>>, row: Int, column: Int
  ) -> Candidate {
    let (stride, unit, first) = (detector.engine.network.stride, detector.sideUnit, outputs.startIndex)
    var logits = SIMD16<Int16>.zero
    for digit in 0..<10 { logits[digit] = outputs[first + digit] }
    return Candidate(
      value: value, logits: logits, exponent: exponent,
      x: (2 * column * stride + 1) * unit / 2, y: (2 * row * stride + 1) * unit / 2,
      sides: (first + 10..<first + 14).map { max(0, Int(outputs[$0])) }, unit: unit, width: width, height: height)
  }
}
