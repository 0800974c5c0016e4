/// A source in the ledger, and the amount stored of it.
package struct StoredSource: Sendable, Equatable {
  /// The identity, such as `sha256:` and the hash.
  package let identity: String
  /// The displayed name.
  package let name: String
  /// The SHA-256 of the source's bytes, in lower-case hexadecimal; nil for folders, and for streams that have not
  /// ended.
  package let sha256: String?
  /// The paths of the source, latest first; empty for a stream.
  package let paths: [String]
  /// The amount stored, by all models and parameters.
  package let amount: StoredAmount
}
