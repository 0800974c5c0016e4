/// Why a network can't be made, read or trained.
public struct TrainingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Stable ids of what can be wrong.
  public struct Code: RawRepresentable, Sendable, Hashable {
    /// The id as scripts see it.
    public let rawValue: String

    /// A code from its id.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A layer that doesn't fit its input.
    public static let shape = Code(rawValue: "training.shape")
    /// A layer's name that the network doesn't have.
    public static let layer = Code(rawValue: "training.layer")
    /// Numbers grew beyond all bounds.
    public static let notFinite = Code(rawValue: "training.not_finite")
    /// A file of images or labels that isn't one, or not whole.
    public static let data = Code(rawValue: "training.data")
    /// A file of a trained network that isn't one, or whose tensors don't fit its layers.
    public static let network = Code(rawValue: "training.network")
  }

  /// Which kind of fault.
  public let code: Code
  /// What is wrong and what to do, one sentence.
  public let message: String

  /// An error from its parts.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The sentence and the id.
  public var description: String { "\(message) (\(code.rawValue))" }
}
