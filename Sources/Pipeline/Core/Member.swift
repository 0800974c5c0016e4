/// A member as read from its source, before its bytes are examined.
package struct Member: Sendable {
  /// The content of a member.
  package enum Content: Sendable {
    /// All bytes of the member.
    case bytes([UInt8])
    /// No bytes of its own: a hard link to the member with the given ordinal, which precedes it.
    case alias(of: Int)
    /// The member can't be read, or exceeds a limit.
    case rejected(Reason)
    /// The member is not a picture and is not named like one.
    case ignored(Reason)
  }

  /// The ordinal in the source, from 0.
  package var ordinal: Int
  /// The member name, with bytes that are not UTF-8 percent-escaped.
  package var name: String
  /// The offset of the member's header in the (decompressed) archive; nil if it has none.
  package var offset: Int?
  /// The number of bytes produced.
  package var byteCount: Int
  /// The content.
  package var content: Content

  /// A member from its parts.
  package init(ordinal: Int, name: String, offset: Int?, byteCount: Int, content: Content) {
    self.ordinal = ordinal
    self.name = name
    self.offset = offset
    self.byteCount = byteCount
    self.content = content
  }
}
