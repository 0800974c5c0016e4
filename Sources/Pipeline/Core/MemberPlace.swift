/// Where a member lies in its source, and what its bytes were: enough to fetch them again.
package struct MemberPlace: Sendable, Hashable {
  /// Place in the source, from 0.
  package var ordinal: Int
  /// Name in the source, percent-escaped where its bytes are not UTF-8.
  package var name: String
  /// Offset of its header in the (decompressed) archive, or nil.
  package var offset: Int?
  /// Bytes of its content.
  package var byteCount: Int
  /// SHA-256 of its content, lower-case hexadecimal.
  package var sha256: String

  /// A place from its parts.
  package init(ordinal: Int, name: String, offset: Int?, byteCount: Int, sha256: String) {
    self.ordinal = ordinal
    self.name = name
    self.offset = offset
    self.byteCount = byteCount
    self.sha256 = sha256
  }
}
