/// Why a model file can't be used.
public struct ModelError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Stable ids of what can be wrong with a model.
  public struct Code: RawRepresentable, Sendable, Hashable {
    /// The id as scripts see it.
    public let rawValue: String

    /// A code from its id.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The system can't read the file.
    public static let unreadable = Code(rawValue: "model.unreadable")
    /// Not a safetensors file, or cut.
    public static let notSafetensors = Code(rawValue: "model.not_safetensors")
    /// A safetensors file, but not of streetnum, or of a version that this program doesn't know.
    public static let notStreetnum = Code(rawValue: "model.not_streetnum")
    /// A layer that doesn't fit its inputs or its weights.
    public static let malformed = Code(rawValue: "model.malformed")
    /// A network that the fast engine has no kernels for.
    public static let unsupported = Code(rawValue: "model.unsupported")
    /// `STREETNUM_KERNEL` names kernels that don't exist or that this machine can't run.
    public static let unknownKernel = Code(rawValue: "model.unknown_kernel")
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
