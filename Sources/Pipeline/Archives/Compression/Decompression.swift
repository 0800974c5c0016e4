import CArchive
import StreetCore

/// Decompresses a tar and checks the decompression ratio for every byte, including members that are skipped, because
/// libarchive must decompress them too.
final class Decompression {
  private let path: String
  private let limits: SourceLimits
  private let input: RawInput
  private let decoder: any ByteDecoder
  /// Whole tar records, so that libarchive uses the block in place and copies nothing.
  private let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 512 * TarRecord.byteCount, alignment: 16)
  /// The number of bytes in the block.
  private var filled = 0
  /// The position of the next byte in the block.
  private var offset = 0
  /// The number of bytes decompressed, to the end of the block.
  private var produced = 0
  /// The error that follows the block; nil if there is none.
  private(set) var failure: SourceError?

  /// Determines the compression of `input`.
  init(_ input: RawInput, path: String, limits: SourceLimits) throws(SourceError) {
    (self.input, self.path, self.limits) = (input, path, limits)
    let compression: Compression?
    do throws(FileError) {
      compression = Compression(head: try input.peek(TarRecord.byteCount))
    } catch {
      throw Source.failure(error, path: path)
    }
    let decoder: (any ByteDecoder)? =
      switch compression {
      case nil: PlainDecoder(input)
      case .gzip: GzipDecoder(input)
      case .zstd: FilterDecoder(input, archive_read_support_filter_zstd)
      case .xz: FilterDecoder(input, archive_read_support_filter_xz)
      case .bzip2: FilterDecoder(input, archive_read_support_filter_bzip2)
      case .lz4: FilterDecoder(input, archive_read_support_filter_lz4)
      }
    guard let decoder else { throw .outOfMemory(path: path) }
    self.decoder = decoder
    fill()
    guard compression != nil else { return }
    let head = block[..<min(filled, TarRecord.byteCount)]
    if Compression(head: head) != nil { throw describe(.nested) }
    if let kind = ForeignFormat.ofCompressed(head) {
      throw .unsupported("\(kind), compressed", ForeignFormat.decompress, path: path)
    }
  }

  deinit { block.deallocate() }

  /// The number of bytes of the source consumed for the decompressed ones.
  var consumed: Int { decoder.consumed }

  /// The next bytes, valid until the next call; empty at the end.
  func next() throws(SourceError) -> UnsafeRawBufferPointer {
    if offset == filled {
      if let failure { throw failure }
      fill()
      if filled == 0, let failure { throw failure }
    }
    defer { offset = filled }
    return UnsafeRawBufferPointer(rebasing: block[offset..<filled])
  }

  /// Skips bytes without reading them, if possible; returns how many were skipped.
  func skip(_ count: Int) -> Int {
    guard decoder is PlainDecoder, offset == filled, failure == nil else { return 0 }
    let skipped = input.skip(count / TarRecord.byteCount * TarRecord.byteCount)
    produced += skipped
    return skipped
  }

  /// Returns to a position in the block that was returned last.
  func rewind(to position: Int) {
    offset = max(0, filled - (produced - position))
  }

  /// Moves to a position in the decompressed data, in the block that was returned last or later. Returns whether there
  /// is a byte at that position. The data in between are skipped or decompressed.
  func pass(to target: Int) throws(SourceError) -> Bool {
    guard target >= produced - filled else { return false }
    if target < position { rewind(to: target) }
    while position < target {
      if skip(target - position) > 0 { continue }
      if try next().isEmpty { return false }
      if position > target { rewind(to: target) }
    }
    return true
  }

  /// Skips zeros up to the first record with other data, and returns it, or as much of it as there is; nil at the end.
  func nextRecord() throws(SourceError) -> UnsafeRawBufferPointer? {
    while true {
      let bytes = try next()
      if bytes.isEmpty { return nil }
      guard let first = bytes.firstIndex(where: { $0 != 0 }) else { continue }
      offset = filled - bytes.count + first / TarRecord.byteCount * TarRecord.byteCount
      return UnsafeRawBufferPointer(rebasing: block[offset..<min(filled, offset + TarRecord.byteCount)])
    }
  }

  /// Moves past the record that contains the next byte.
  func passRecord() { offset = min(filled, offset + TarRecord.byteCount) }

  /// The position of the next byte in the decompressed data.
  var position: Int { produced - (filled - offset) }

  private func fill() {
    (offset, filled) = (0, 0)
    do throws(ByteDecoderError) {
      while filled < block.count {
        let count = try decoder.decode(into: UnsafeMutableRawBufferPointer(rebasing: block[filled...]))
        if count == 0 { break }
        filled += count
        produced += count
        if limits.isRatioExceeded(produced: produced, consumed: consumed) {
          failure = .ratio(limits.ratio, path: path)
          return
        }
      }
    } catch {
      failure = describe(error)
    }
  }

  private func describe(_ error: ByteDecoderError) -> SourceError {
    switch error {
    case .unreadable(let error): Source.failure(error, path: path)
    case .truncated: SourceError(.truncated, "Its compressed bytes are truncated; fetch it again", path: path)
    case .damaged(let report):
      SourceError(.damaged, "Its compressed bytes are damaged (\(report)); fetch it again", path: path)
    case .checksum:
      SourceError(
        .checksum, "Its compressed bytes fail their checksum, so its pictures may be damaged; fetch it again",
        path: path)
    case .unsupported(let way):
      .unsupported(way, "decompress it, for example with `zstd -d --long=31`, and give the tar", path: path)
    case .trailingData:
      SourceError(
        .trailingData, "Data that is not compressed follows its compressed bytes; check what it is", path: path)
    case .nested:
      SourceError(
        .filters, "It is compressed more than once; decompress the outer layer and give the contents", path: path)
    }
  }
}
