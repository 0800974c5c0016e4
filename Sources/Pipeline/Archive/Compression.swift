/// What a tar may be compressed with.
enum Compression {
  case gzip, zstd, xz

  /// Which one the first 512 bytes say, or nil; a tar's first name may begin like any of them.
  init?(head: some RandomAccessCollection<UInt8>) {
    guard !TarRecord.isHeader(head) else { return nil }
    if head.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) || Compression.isSkippable(head) {
      self = .zstd
    } else if head.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) {
      self = .xz
    } else {
      return nil
    }
  }

  /// Whether it begins with one of zstd's skippable frames (RFC 8878, 3.1.2), which parallel compressors write.
  private static func isSkippable(_ head: some Collection<UInt8>) -> Bool {
    head.dropFirst().starts(with: [0x2A, 0x4D, 0x18]) && head.first.map { $0 & 0xF0 == 0x50 } == true
  }
}
