/// One member as it comes out of its source, before anyone looks into its bytes.
public struct Member: Sendable {
  /// What came out.
  public enum Content: Sendable {
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
  public var ordinal: Int
  /// Name in the source, percent-escaped where its bytes are not UTF-8.
  public var name: String
  /// Offset of its header in the (decompressed) archive, or nil.
  public var offset: Int?
  /// Bytes that were produced.
  public var byteCount: Int
  /// What came out.
  public var content: Content
}
