/// Finds digits in a picture: slides the detector network over each pyramid level, then applies non-maximum
/// suppression.
public struct Detector: Sendable {
  /// The parameters that affect which digits are found.
  public struct Parameters: Sendable, Hashable {
    /// The minimum score of a digit, in 1/10,000.
    public var leastScore = 3000
    /// Pictures with fewer pixels than this are also searched enlarged twofold, to find the smallest digits.
    public var enlargedBelow = 1_000_000
    /// Whether the detector runs everywhere instead of only where the gate says that a digit is possible.
    public var exhaustive = false
    /// Two detections are one digit if their intersection is more than this share of the smaller box, in percent.
    public var overlap = 50

    /// The defaults.
    public init() {}
  }

  /// The detector network, with ``Model/outputs`` channels per cell.
  public let engine: Engine
  /// The gate; nil for a model without one.
  public let gate: Gate?
  /// Units of the network's box distances per pixel.
  public let sideUnit: Int
  /// The parameters of detection.
  public let parameters: Parameters

  /// The detector of a model.
  public init(model: Model, kernels: Kernels, parameters: Parameters = Parameters()) throws(ModelError) {
    engine = try Engine(network: model.detector, kernels: kernels)
    gate = try Gate(model: model, kernels: kernels)
    sideUnit = model.sideUnit
    self.parameters = parameters
  }

  /// The digits of a picture after non-maximum suppression, by descending score. The result is the same on every
  /// machine and for any number of threads.
  ///
  /// Costs the gate on 4/3 of the picture's pixels, five times as much if the picture is also searched enlarged, and
  /// the detector where the gate says that a digit is possible.
  public func digits(in image: Image, threads: Int = 1) -> [Digit] {
    let pyramid = Pyramid(
      image, enlarged: image.width * image.height < parameters.enlargedBelow, kernels: engine.kernels)
    guard threads > 1 else {
      return strongest(
        of: pyramid.flatMap { level in
          let scan = scan(level, of: image.size)
          let blockRows = 0..<scan.blockRows(levelHeight: level.image.height)
          return scan.candidates(in: Band(level.image), blockRows: blockRows)
        })
    }
    return strongest(of: candidates(in: Array(pyramid), of: image.size, threads: threads))
  }

  func scan(_ level: Pyramid.Level, of size: ImageSize) -> LevelScan {
    LevelScan(self, exponent: level.exponent, width: size.width, height: size.height)
  }

  /// The digits of a picture that is read row by row, equal to those of ``digits(in:threads:)``; memory holds a few
  /// hundred rows.
  ///
  /// The picture is never searched enlarged, so it should have at least ``Parameters/enlargedBelow`` pixels.
  public func digits<Rows: RowSource>(of rows: Rows, threads: Int = 1) throws(Rows.Failure) -> [Digit] {
    var pyramid = PyramidStream(rows.size, kernels: engine.kernels)
    var levels = pyramid.sizes.enumerated().map { exponent, size in
      LevelStream(
        LevelScan(self, exponent: exponent, width: rows.size.width, height: rows.size.height), size: size,
        threads: threads)
    }
    try rows.forEachRow { row in pyramid.take(row) { level, _, row in levels[level].take(row) } }
    return strongest(of: levels.flatMap(\.candidates))
  }

  /// The maximum memory, in bytes, for reading a picture of the given width row by row, not counting the candidates
  /// found.
  public static func streamBytes(width: Int) -> Int { 2 * LevelStream.bytes(width: width) }

  /// Non-maximum suppression: one digit where several candidates overlap, by descending score.
  func strongest(of candidates: [Candidate]) -> [Digit] {
    Suppression(overlap: parameters.overlap, pixel: Candidate.unit)
      .strongest(of: candidates.sorted(by: Candidate.precedes), box: \.box).compactMap(\.digit)
  }
}
