import CArchive

/// Decompresses zstd or xz through libarchive, which is told that what comes out has no format.
final class FilterDecoder: ByteDecoder {
  private let input: RawInput
  private let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  private let handle: ArchiveHandle
  private var isOpen = false
  /// Why libarchive gets no more raw bytes, or nil.
  private var fault: FileError?

  /// Nil where memory is short.
  init?(_ input: RawInput, _ filter: (OpaquePointer) -> Int32) {
    guard let handle = ArchiveHandle() else { return nil }
    (self.input, self.handle) = (input, handle)
    archive_read_support_format_raw(handle.archive)
    _ = filter(handle.archive)
  }

  deinit { block.deallocate() }

  var consumed: Int { isOpen ? Int(archive_filter_bytes(handle.archive, -1)) : 0 }

  func decode(into target: UnsafeMutableRawBufferPointer) throws(ByteDecoderError) -> Int {
    if !isOpen, !(try open()) { return 0 }
    let count = archive_read_data(handle.archive, target.baseAddress, target.count)
    guard count >= 0 else { throw failure() }
    return count
  }

  /// Starts libarchive; returns whether anything comes out.
  private func open() throws(ByteDecoderError) -> Bool {
    let status = archive_read_open(
      handle.archive, Unmanaged.passUnretained(self).toOpaque(), nil,
      { _, decoder, target in
        guard let decoder, let target else { return -1 }
        return Unmanaged<FilterDecoder>.fromOpaque(decoder).takeUnretainedValue().feed(target)
      }, nil)
    guard status == ARCHIVE_OK else { throw failure() }
    isOpen = true
    // One filter, and "none", libarchive's own, which is last.
    guard archive_filter_count(handle.archive) <= 2 else { throw .nested }
    var entry: OpaquePointer?
    switch archive_read_next_header(handle.archive, &entry) {
    case ARCHIVE_OK, ARCHIVE_WARN: return true
    case ARCHIVE_EOF: return false
    default: throw failure()
    }
  }

  private func feed(_ target: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
    do throws(FileError) {
      target.pointee = UnsafeRawPointer(block.baseAddress)
      return try input.read(into: block)
    } catch {
      fault = error
      return -1
    }
  }

  private func failure() -> ByteDecoderError {
    if let fault { return .unreadable(fault) }
    let report = handle.report ?? "libarchive gives no reason"
    let words = report.lowercased()
    // "No progress" is liblzma's word for an end that comes too early.
    if words.contains("truncated") || words.contains("no progress") { return .truncated }
    return words.contains("checksum") ? .checksum : .damaged(report)
  }
}
