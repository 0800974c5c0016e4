/// An error in building, reading or training a network.
public struct TrainingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The stable error ids.
  public struct Code: RawRepresentable, Sendable, Hashable {
    /// The id as scripts see it.
    public let rawValue: String

    /// A code from its id.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A layer does not fit its input.
    public static let shape = Code(rawValue: "training.shape")
    /// The network has no layer of that name.
    public static let layer = Code(rawValue: "training.layer")
    /// Training diverged: numbers are no longer finite.
    public static let notFinite = Code(rawValue: "training.not_finite")
    /// A file of images or labels has another format, or is truncated.
    public static let data = Code(rawValue: "training.data")
    /// A network's file has another format, or its tensors don't fit its layers.
    public static let network = Code(rawValue: "training.network")
  }

  /// The error's id.
  public let code: Code
  /// What is wrong and what to do, in one sentence.
  public let message: String

  /// An error from its parts.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message followed by the id in parentheses.
  public var description: String { "\(message) (\(code.rawValue))" }
}
