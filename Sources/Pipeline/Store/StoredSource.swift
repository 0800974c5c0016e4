/// A source that the ledger knows, and how much was read in it.
public struct StoredSource: Sendable, Equatable {
  /// What makes it the same source again, such as `sha256:` and its hash.
  public let identity: String
  /// The name it is shown under.
  public let name: String
  /// SHA-256 of its bytes, lower-case hexadecimal; nil for folders and for streams that have not ended.
  public let sha256: String?
  /// The files or the folder at which it was seen, the latest first; none for a stream.
  public let paths: [String]
  /// What is stored of it, by all models and parameters.
  public let amount: StoredAmount
}
