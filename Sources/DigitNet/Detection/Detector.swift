/// Finds digits in a picture: the network as a stencil over each pyramid level, then one digit where several agree.
public struct Detector: Sendable {
  /// What changes which digits are found.
  public struct Parameters: Sendable, Hashable {
    /// The least score of a digit, in 1/10,000.
    public var leastScore = 3000
    /// Pictures of fewer pixels are looked at enlarged twofold, too, for the smallest digits.
    public var enlargedBelow = 1_000_000
    /// Every spot is looked at, even where the gate sees that no digit could be.
    public var exhaustive = false
    /// Two digits are one where they share this part of the smaller one's box, in percent.
    public var overlap = 50

    /// The defaults.
    public init() {}
  }

  /// The network, ``Model/outputs`` channels at each cell.
  public let engine: Engine
  /// Says where it is worth to look; nil where the model has none.
  public let gate: Gate?
  /// What one pixel of a box's side is counted in by the network.
  public let sideUnit: Int
  /// What changes the result.
  public let parameters: Parameters

  /// The detector of a model.
  public init(model: Model, kernels: Kernels, parameters: Parameters = Parameters()) throws(ModelError) {
    engine = try Engine(network: model.detector, kernels: kernels)
    gate = try Gate(model: model, kernels: kernels)
    sideUnit = model.sideUnit
    self.parameters = parameters
  }

  /// The digits of a picture, surest first, without echoes. The same picture gives the same digits on any machine and for any
  /// number of threads.
  ///
  /// Costs the gate over 4/3 of the picture's pixels, and over four times as many where it is enlarged; and the network where
  /// a digit could be.
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

  /// The digits of a picture that is read row by row: those of ``digits(in:threads:)``, in the memory of a few hundred rows.
  ///
  /// The picture is not looked at enlarged, so it should have ``Parameters/enlargedBelow`` pixels or more.
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

  /// Bytes that reading a picture of a width row by row takes at most, without what is found.
  public static func streamBytes(width: Int) -> Int { 2 * LevelStream.bytes(width: width) }

  /// One digit where several candidates agree, surest first.
  func strongest(of candidates: [Candidate]) -> [Digit] {
    Suppression(overlap: parameters.overlap, pixel: Candidate.unit)
      .strongest(of: candidates.sorted(by: Candidate.precedes), box: \.box).compactMap(\.digit)
  }
}
