/// A source that the ledger knows, and how much was read in it.
package struct StoredSource: Sendable, Equatable {
  /// What makes it the same source again, such as `sha256:` and its hash.
  package let identity: String
  /// The name it is shown under.
  package let name: String
  /// SHA-256 of its bytes, lower-case hexadecimal; nil for folders and for streams that have not ended.
  package let sha256: String?
  /// The files or the folder at which it was seen, the latest first; none for a stream.
  package let paths: [String]
  /// What is stored of it, by all models and parameters.
  package let amount: StoredAmount
}
