/// One member as it comes out of its source, before anyone looks into its bytes.
package struct Member: Sendable {
  /// What came out.
  package enum Content: Sendable {
    /// All of its bytes.
    case bytes([UInt8])
    /// None of its own: another name of the member at that ordinal, which came before.
    case alias(of: Int)
    /// It can't be read, or is past a limit.
    case rejected(Reason)
    /// No picture, and not named like one.
    case ignored(Reason)
  }

  /// Place in the source, from 0.
  package var ordinal: Int
  /// Name in the source, percent-escaped where its bytes are not UTF-8.
  package var name: String
  /// Offset of its header in the (decompressed) archive, or nil.
  package var offset: Int?
  /// Bytes that were produced.
  package var byteCount: Int
  /// What came out.
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
