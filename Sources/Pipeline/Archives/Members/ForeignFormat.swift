import StreetCore

/// Known formats of archives and compression that are not supported.
enum ForeignFormat {
  /// The advice for an archive of another format.
  static let repack = "unpack it, and give the folder, or pack it again as tar or zip"
  /// The advice for a compressed file.
  static let decompress = "decompress it and give the contents"

  /// The signatures of archive formats that are not supported.
  private static let archives: [(signature: [UInt8], kind: String)] = [
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive"),
    (Array("Rar!\u{1A}\u{7}".utf8), "a RAR archive"),
    (Array("MSCF\0\0\0\0".utf8), "a cabinet file"),
    (Array("!<arch>\n".utf8), "an ar archive"),
    (Array("070701".utf8), "a cpio archive"), (Array("070702".utf8), "a cpio archive"),
    (Array("070707".utf8), "a cpio archive"), ([0xC7, 0x71], "a cpio archive"), ([0x71, 0xC7], "a cpio archive"),
    (Array("xar!".utf8), "a xar archive"),
    (Array("MSWIM\0\0\0".utf8), "a WIM image"),
    ([0x60, 0xEA], "an ARJ archive"),
    ([0xED, 0xAB, 0xEE, 0xDB], "an RPM package"),
  ]

  private static let compressions: [(signature: [UInt8], kind: String)] = [
    (Array("LZIP".utf8), "compressed by lzip"),
    ([0x1F, 0x9D], "compressed by compress (.Z)"),
    ([0x89, 0x4C, 0x5A, 0x4F, 0x00], "compressed by lzop"),
    ([0x5D, 0x00, 0x00], "compressed by LZMA alone"),
  ]

  /// The format that the first bytes indicate and the advice for it; nil for unknown bytes.
  static func kind(_ head: some RandomAccessCollection<UInt8>) -> (name: String, way: String)? {
    if let archive = archives.first(where: { head.starts(with: $0.signature) }) { return (archive.kind, repack) }
    return compressions.first { head.starts(with: $0.signature) }.map { ($0.kind, decompress) }
  }

  /// The format of a file; nil if it may be a tar or a zip.
  static func kind(
    _ file: RandomAccessFile, head: some RandomAccessCollection<UInt8>
  ) throws(FileError) -> (name: String, way: String)? {
    if let kind = kind(head) { return kind }
    // An ISO 9660 image begins with 32 KiB of system area (ECMA-119, 8.1.2).
    return try file.read(at: 32_769, count: 5) == Array("CD001".utf8) ? ("an ISO image", repack) : nil
  }

  /// The format of decompressed data, by their first bytes, if it is known and is not tar.
  static func ofCompressed(_ head: some RandomAccessCollection<UInt8>) -> String? {
    guard !TarRecord.isHeader(head) else { return nil }
    if head.starts(with: ZipLocalHeader.signature) { return "a zip" }
    return ImageFormat(signature: head) == nil ? kind(head)?.name : "a picture"
  }
}
