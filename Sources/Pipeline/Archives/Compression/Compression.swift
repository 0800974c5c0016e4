/// The compression formats of a tar.
enum Compression: String, CaseIterable {
  case gzip, zstd, xz, bzip2, lz4

  /// The format that the first 512 bytes indicate; nil if they are a tar header, because a tar's first member name may
  /// resemble any signature.
  init?(head: some RandomAccessCollection<UInt8>) {
    guard !TarRecord.isHeader(head) else { return nil }
    switch head {
    case _ where head.starts(with: [0x1F, 0x8B]): self = .gzip
    case _ where head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) || Compression.isSkippable(head): self = .zstd
    case _ where head.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]): self = .xz
    case _ where Compression.isBzip2(head): self = .bzip2
    // The second signature is that of LZ4's legacy format, which the Linux kernel uses.
    case _ where head.starts(with: [0x04, 0x22, 0x4D, 0x18]) || head.starts(with: [0x02, 0x21, 0x4C, 0x18]):
      self = .lz4
    default: return nil
    }
  }

  /// "BZh", a digit, and the signature of a block or, in an empty stream, of the end.
  private static func isBzip2(_ head: some Collection<UInt8>) -> Bool {
    let block = head.dropFirst(4)
    return head.starts(with: Array("BZh".utf8)) && head.dropFirst(3).first.map { (0x31...0x39).contains($0) } == true
      && (block.starts(with: [0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
        || block.starts(with: [0x17, 0x72, 0x45, 0x38, 0x50, 0x90]))
  }

  /// Whether the data begin with a skippable frame of zstd (RFC 8878, 3.1.2), which parallel compressors write.
  private static func isSkippable(_ head: some Collection<UInt8>) -> Bool {
    head.dropFirst().starts(with: [0x2A, 0x4D, 0x18]) && head.first.map { $0 & 0xF0 == 0x50 } == true
  }
}
