import CArchive
import StreetCore

/// Decompresses zstd, xz, bzip2 or lz4 through libarchive, which is set to treat the decompressed data as raw.
final class FilterDecoder: ByteDecoder {
  private let input: RawInput
  private let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  private let handle: ArchiveHandle
  private var isOpen = false
  /// Whether everything was decompressed and nothing follows.
  private var hasEnded = false
  /// The number of bytes of the block that libarchive received last.
  private var fed = 0
  /// The last bytes before those, because libarchive reads a few bytes ahead.
  private var before: [UInt8] = []
  /// The error that prevents libarchive from reading raw bytes; nil if there is none.
  private var fault: FileError?

  /// Returns nil if memory is short.
  init?(_ input: RawInput, _ filter: (OpaquePointer) -> Int32) {
    guard let handle = ArchiveHandle() else { return nil }
    (self.input, self.handle) = (input, handle)
    archive_read_support_format_raw(handle.archive)
    _ = filter(handle.archive)
  }

  deinit { block.deallocate() }

  var consumed: Int { isOpen ? Int(archive_filter_bytes(handle.archive, -1)) : 0 }

  func decode(into target: UnsafeMutableRawBufferPointer) throws(ByteDecoderError) -> Int {
    if hasEnded { return 0 }
    if !isOpen, !(try open()) { return 0 }
    let count = archive_read_data(handle.archive, target.baseAddress, target.count)
    guard count >= 0 else { throw failure() }
    if count == 0 { try checkEnd() }
    return count
  }

  /// libarchive takes data after bzip2 or lz4 that are not compressed for the end. Only zeros, which are padding, are
  /// accepted.
  private func checkEnd() throws(ByteDecoderError) {
    var left = max(0, input.byteCount - consumed)
    repeat {
      let known = before + block[..<fed]
      guard left <= known.count, known.suffix(left).allSatisfy({ $0 == 0 }) else { throw .trailingData }
      left = max(0, feed())
      if let fault { throw .unreadable(fault) }
    } while left > 0
    hasEnded = true
  }

  /// Starts libarchive; returns whether there are decompressed data.
  private func open() throws(ByteDecoderError) -> Bool {
    let status = archive_read_open(
      handle.archive, Unmanaged.passUnretained(self).toOpaque(), nil,
      { _, opaque, target in
        guard let opaque, let target else { return -1 }
        let decoder = Unmanaged<FilterDecoder>.fromOpaque(opaque).takeUnretainedValue()
        target.pointee = UnsafeRawPointer(decoder.block.baseAddress)
        return decoder.feed()
      }, nil)
    guard status == ARCHIVE_OK else { throw failure() }
    isOpen = true
    // There may be one filter and libarchive's own "none", which is last.
    guard archive_filter_count(handle.archive) <= 2 else { throw .nested }
    var entry: OpaquePointer?
    switch archive_read_next_header(handle.archive, &entry) {
    case ARCHIVE_OK, ARCHIVE_WARN: return true
    case ARCHIVE_EOF: return false
    default: throw failure()
    }
  }

  /// Reads the next raw bytes into the block; returns their number, or -1 for a system error.
  private func feed() -> Int {
    do throws(FileError) {
      before = Array((before + block[..<fed].suffix(64)).suffix(64))
      fed = 0
      fed = try input.read(into: block)
      return fed
    } catch {
      fault = error
      return -1
    }
  }

  private func failure() -> ByteDecoderError {
    if let fault { return .unreadable(fault) }
    let report = handle.report ?? "libarchive gives no reason"
    let words = report.lowercased()
    // zstd's message for a window of more than 128 MiB.
    if words.contains("too much memory") {
      return .unsupported("compressed by zstd with a window of more than 128 MiB (--long)")
    }
    // "No progress" is liblzma's message for data that end too early.
    if words.contains("truncated") || words.contains("no progress") { return .truncated }
    return words.contains("checksum") ? .checksum : .damaged(report)
  }
}
