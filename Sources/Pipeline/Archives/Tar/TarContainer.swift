import CArchive
import StreetCore

/// A tar, compressed or not, or several concatenated tars.
///
/// libarchive accepts the end of the data as the tar's end, and stops at the first end marker. This class checks for
/// the marker and for data that follow it.
final class TarContainer: Container {
  private let path: String
  /// The raw input, if it is read from its beginning.
  private let input: RawInput?
  private let bytes: Decompression
  private var handle: ArchiveHandle
  /// The position in all data at which the current tar begins.
  private var start = 0
  /// The position in all data at which the last member ended, including padding.
  private var memberEnd = 0
  /// The first run of zeros before a header that is longer than the padding between tars, and the number of members
  /// before it.
  private var hole: (byteCount: Int, members: Int)?
  /// The number of headers read.
  private var members = 0
  /// The first member with an invalid pax header, so that its name may be wrong.
  private var misnamed: Int?
  var produced = 0
  let producesWhatIsPassedOver = false
  /// Whether libarchive may be asked to skip a member's content.
  private var isInside = false

  /// The maximum padding. Programs pad with zeros to whole records, of mostly 10 KiB and never more than this.
  private static let maximumPadding = 1 << 20

  /// Opens the tar in `input`.
  init(_ input: RawInput, path: String, limits: SourceLimits) throws(SourceError) {
    (self.input, self.path) = (input, path)
    bytes = try Decompression(input, path: path, limits: limits)
    handle = try TarContainer.open(bytes, path: path)
  }

  /// Reads the rest of a tar, from the next byte on.
  init(_ bytes: Decompression, path: String) throws(SourceError) {
    (self.bytes, self.path, input) = (bytes, path, nil)
    start = bytes.position
    handle = try TarContainer.open(bytes, path: path)
  }

  var archive: OpaquePointer { handle.archive }
  var consumed: Int { bytes.consumed }
  var headerPosition: Int { start + Int(archive_read_header_position(archive)) }
  package var failure: SourceError? { bytes.failure }
  var report: String? { handle.report }

  func nextHeader(_ entry: inout OpaquePointer?) -> Int32 {
    if isInside {
      isInside = false
      let status = archive_read_data_skip(archive)
      guard status == ARCHIVE_OK else { return ARCHIVE_FATAL }
    }
    memberEnd = position
    let status = archive_read_next_header(archive, &entry)
    isInside = status == ARCHIVE_OK || status == ARCHIVE_WARN
    if isInside { members += 1 }
    // libarchive continues with the name in the header, which is truncated to the field's size.
    if status == ARCHIVE_WARN, report?.contains("malformed pax") == true { misnamed = misnamed ?? members - 1 }
    return status
  }

  package func name(of entry: OpaquePointer) -> [UInt8] {
    MemberName.bytes(archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry))
  }

  /// Like GNU tar, this accepts one record of zeros as the end marker, though the standard requires two; no member can
  /// hide after it.
  func sequel(behind members: Int) throws(SourceError) -> Sequel {
    guard position > memberEnd else {
      if let failure { throw failure }
      guard members > 0 else { return .nothing }
      throw SourceError(
        .noEndMarker, "It has no end marker after member \(members - 1), so it may be truncated; fetch it again",
        path: path)
    }
    bytes.rewind(to: position)
    var passed = 0
    do throws(SourceError) {
      while passed < TarRecord.maximumBetweenHeaders, let record = try bytes.nextRecord() {
        guard !TarRecord.isHeader(record) else {
          start = bytes.position
          if passed == 0, start - memberEnd > Self.maximumPadding { hole = hole ?? (start - memberEnd, members) }
          handle = try TarContainer.open(bytes, path: path)
          return passed == 0 ? .members : .membersBehindDamage
        }
        bytes.passRecord()
        passed += 1
      }
    } catch {
      guard error.code == .damaged else { throw error }
      throw SourceError(
        .trailingData, "The data after its end marker can't be decompressed; fetch it again", path: path)
    }
    try checkDoubts()
    guard passed > 0 else { return .nothing }
    throw SourceError(
      .trailingData, "Data that is not a tar follows its end marker; check what it is, or fetch it again", path: path)
  }

  /// Throws an error found on the way that hid no readable member.
  private func checkDoubts() throws(SourceError) {
    if let hole {
      let place = hole.members == 0 ? "It begins with" : "After member \(hole.members - 1) it has"
      throw SourceError(
        .damaged, "\(place) \(hole.byteCount >> 20) MiB of zeros, where members may have been; fetch it again",
        path: path)
    }
    if let misnamed {
      throw SourceError(
        .damaged, "The extended header before member \(misnamed) is invalid, so its name may be wrong; fetch it again",
        path: path)
    }
  }

  func content() throws(SourceError) -> SourceContent? {
    do throws(FileError) {
      return try input?.end()
    } catch {
      throw Source.failure(error, path: path)
    }
  }

  /// The number of bytes that libarchive has consumed, in all data.
  private var position: Int { start + Int(archive_filter_bytes(archive, 0)) }

  private static func open(_ bytes: Decompression, path: String) throws(SourceError) -> ArchiveHandle {
    guard let handle = ArchiveHandle() else { throw .outOfMemory(path: path) }
    archive_read_support_format_tar(handle.archive)
    archive_read_set_callback_data(handle.archive, Unmanaged.passUnretained(bytes).toOpaque())
    archive_read_set_read_callback(handle.archive) { _, bytes, target in
      guard let bytes, let target else { return -1 }
      let next = try? Unmanaged<Decompression>.fromOpaque(bytes).takeUnretainedValue().next()
      target.pointee = next?.baseAddress
      return next?.count ?? -1
    }
    archive_read_set_skip_callback(handle.archive) { _, bytes, count in
      guard let bytes else { return 0 }
      return la_int64_t(Unmanaged<Decompression>.fromOpaque(bytes).takeUnretainedValue().skip(Int(count)))
    }
    guard archive_read_open1(handle.archive) == ARCHIVE_OK else {
      throw bytes.failure ?? .notAnArchive(handle.report, path: path)
    }
    return handle
  }
}
