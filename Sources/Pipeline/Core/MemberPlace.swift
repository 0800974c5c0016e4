/// The place of a member in its source and the hash of its bytes: enough to fetch the bytes again.
package struct MemberPlace: Sendable, Hashable {
  /// The ordinal in the source, from 0.
  package var ordinal: Int
  /// The member name, with bytes that are not UTF-8 percent-escaped.
  package var name: String
  /// The offset of the member's header in the (decompressed) archive; nil if it has none.
  package var offset: Int?
  /// The number of bytes of the content.
  package var byteCount: Int
  /// The SHA-256 of the content, in lower-case hexadecimal.
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
