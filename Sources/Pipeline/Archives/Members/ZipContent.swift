import DigitNet

/// Recognises zips that are documents or programs by their first member.
enum ZipContent {
  /// Offsets in a member's header (PKWARE's APPNOTE.TXT, 4.3.7): of the length of the name, and of the name itself.
  private static let nameLength = 26
  private static let name = 30

  /// Whether a zip's first bytes show that it is a document or a program: Office, OpenDocument, EPUB and Java files
  /// begin with a member of a known name.
  static func isDocument(_ first: some Collection<UInt8>) -> Bool {
    let bytes = Array(first.prefix(FileKind.byteCount))
    guard bytes.starts(with: ZipLocalHeader.signature), bytes.count >= name,
      let count = bytes.integer(at: nameLength, count: 2, .little)
    else { return false }
    let member = bytes[name...].prefix(count)
    return firstMembers.contains(String(decoding: member, as: UTF8.self))
  }

  private static let firstMembers: Set<String> = [
    "[Content_Types].xml", "_rels/.rels", "mimetype", "META-INF/", "META-INF/MANIFEST.MF", "AndroidManifest.xml",
  ]
}
