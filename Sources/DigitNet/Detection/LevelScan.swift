/// Runs the detector on one pyramid level, in bands of rows and strips of columns; the split does not affect the
/// result.
struct LevelScan: Sendable {
  private let detector: Detector
  private let exponent: Int
  /// The size of the picture, not of the level.
  private let width, height: Int
  private let threshold: Int16

  /// The minimum columns per thread. With fewer, the columns computed twice cost more than another thread gains.
  private static let leastPart = 384

  init(_ detector: Detector, exponent: Int, width: Int, height: Int) {
    self.detector = detector
    self.exponent = exponent
    self.width = width
    self.height = height
    threshold = Int16(clamping: Sigmoid.logit(detector.parameters.leastScore))
  }

  /// The side of a block in pixels.
  var side: Int { gate?.engine.network.stride ?? Region.usualSide }

  private var gate: Gate? { detector.parameters.exhaustive ? nil : detector.gate }

  /// The number of rows of blocks in a level of the given height.
  func blockRows(levelHeight: Int) -> Int { (levelHeight + side - 1) / side }

  /// The part of a region in which the gate says that a digit is possible.
  func narrowed(_ region: Region, of band: Band) -> Region { gate?.narrowed(region, of: band) ?? region }

  /// The candidates in some rows of blocks. The band must contain the rows that ``rows(for:levelHeight:)`` returns.
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

  /// The rows of a level of the given height that the candidates in some rows of blocks depend on.
  func rows(for blockRows: Range<Int>, levelHeight: Int) -> Range<Int> {
    let rows = detector.engine.rows(for: blockRows, side: side, height: levelHeight)
    guard let gate = gate?.engine.rows(for: blockRows, side: side, height: levelHeight) else { return rows }
    return min(rows.lowerBound, gate.lowerBound)..<max(rows.upperBound, gate.upperBound)
  }

  /// The candidate of a cell; `value` is the digit with the cell's largest logit.
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
