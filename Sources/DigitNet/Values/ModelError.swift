/// An error in a model file.
public struct ModelError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The stable error ids for model files.
  public struct Code: RawRepresentable, Sendable, Hashable {
    /// The id as scripts see it.
    public let rawValue: String

    /// A code from its id.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The file can't be read.
    public static let unreadable = Code(rawValue: "model.unreadable")
    /// The file is not a safetensors file, or is truncated.
    public static let notSafetensors = Code(rawValue: "model.not_safetensors")
    /// The file is a safetensors file, but not a model of streetnum, or has an unknown format version.
    public static let notStreetnum = Code(rawValue: "model.not_streetnum")
    /// A layer does not fit its inputs or its weights.
    public static let malformed = Code(rawValue: "model.malformed")
    /// The engine has no kernels for the network.
    public static let unsupported = Code(rawValue: "model.unsupported")
    /// `STREETNUM_KERNEL` names kernels that don't exist or that this machine can't run.
    public static let unknownKernel = Code(rawValue: "model.unknown_kernel")
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
