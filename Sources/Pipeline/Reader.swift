public import DigitNet

/// Reads the numbers of a picture: pyramid, stencil, digits, numbers. What a worker does with each photograph.
public struct Reader: Sendable {
  /// Finds digits.
  public let detector: Detector
  /// Makes numbers of them.
  public let assembly: Assembly

  /// A reader with a model's network and calibration.
  public init(model: Model, kernels: Kernels) throws(ModelError) {
    detector = Detector(engine: try Engine(model: model, kernels: kernels))
    assembly = Assembly(calibration: try Calibration(model: model))
  }

  /// A reader from its parts.
  public init(detector: Detector, assembly: Assembly) {
    self.detector = detector
    self.assembly = assembly
  }

  /// The numbers in a picture, surest first.
  public func numbers(in image: Image) -> [HouseNumber] {
    assembly.numbers(from: detector.digits(in: image))
  }

  /// Counts up with every change of the code between the network's outputs and the numbers.
  private static let revision = 1

  /// Everything that changes results, beside the model: part of a result set's identity.
  public var parameters: [(String, Int)] {
    let (d, a) = (detector.parameters, assembly.parameters)
    return [
      ("revision", Reader.revision), ("enlarged_below", d.enlargedBelow), ("least_confidence", a.leastConfidence),
      ("least_digit_score", d.leastScore), ("least_score", a.leastScore), ("most_digits", a.mostDigits),
      ("overlap", d.overlap),
    ]
  }
}
