import CArchive
import StreetCore

/// A tar's bytes, decompressed and held against the ratio limit wherever they go: libarchive passes over what no one
/// asks for, but must decompress it all the same.
final class Decompression {
  private let path: String
  private let limits: SourceLimits
  private let input: RawInput
  private let decoder: any ByteDecoder
  /// Whole tar records, so that libarchive takes what it reads from here and copies nothing.
  private let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 512 * TarRecord.byteCount, alignment: 16)
  /// What of the block was filled.
  private var filled = 0
  /// Where in the block the next byte is.
  private var offset = 0
  /// Bytes that came out, up to the block's end.
  private var produced = 0
  /// Why nothing comes behind the block, or nil.
  private(set) var failure: SourceError?

  /// Finds out what `input` is compressed with.
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

  /// Bytes of the source that what came out took.
  var consumed: Int { decoder.consumed }

  /// The next bytes, good until the next call; none at the end.
  func next() throws(SourceError) -> UnsafeRawBufferPointer {
    if offset == filled {
      if let failure { throw failure }
      fill()
      if filled == 0, let failure { throw failure }
    }
    defer { offset = filled }
    return UnsafeRawBufferPointer(rebasing: block[offset..<filled])
  }

  /// Passes over bytes without reading them where that can be done; returns how many.
  func skip(_ count: Int) -> Int {
    guard decoder is PlainDecoder, offset == filled, failure == nil else { return 0 }
    let skipped = input.skip(count / TarRecord.byteCount * TarRecord.byteCount)
    produced += skipped
    return skipped
  }

  /// Goes back to a position in the block that was given out last.
  func rewind(to position: Int) {
    offset = max(0, filled - (produced - position))
  }

  /// Goes to a position among all bytes that come out, those of the block that was given out last or later ones; says whether
  /// there is such a byte. What lies between is skipped or decompressed.
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

  /// Passes over zeros to the record in which something else comes, or what there is of it; nil at the end.
  func nextRecord() throws(SourceError) -> UnsafeRawBufferPointer? {
    while true {
      let bytes = try next()
      if bytes.isEmpty { return nil }
      guard let first = bytes.firstIndex(where: { $0 != 0 }) else { continue }
      offset = filled - bytes.count + first / TarRecord.byteCount * TarRecord.byteCount
      return UnsafeRawBufferPointer(rebasing: block[offset..<min(filled, offset + TarRecord.byteCount)])
    }
  }

  /// Goes behind the record that the next byte is in.
  func passRecord() { offset = min(filled, offset + TarRecord.byteCount) }

  /// Where the next byte lies among all that came out.
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
      .unsupported(way, "decompress it, with `zstd -d --long=31` say, and give the tar", path: path)
    case .trailingData:
      SourceError(
        .trailingData, "Data that is not compressed follows its compressed bytes; check what it is", path: path)
    case .nested:
      SourceError(
        .filters, "It is compressed more than once; unpack the outer layer and give what is inside", path: path)
    }
  }
}
