import CArchive
import Foundation
import StreetCore

/// A zip file, read through its central directory or, without one, from member to member.
///
/// libarchive does not report a missing directory, a directory that lists other members than the zip contains, or names
/// that the locale can't represent. This class does.
final class ZipContainer: Container {
  private let path: String
  private let handle: ArchiveHandle
  private let limits: SourceLimits
  private let file: RandomAccessFile
  private let bytes: ZipBytes
  /// The offset in the file of the bytes that libarchive receives.
  private let start: Int
  /// The central directory; nil if there is none.
  private let directory: ZipDirectory?
  /// The offsets of members in the directory, without duplicates, in libarchive's order.
  private let places: [Int]
  /// Whether there is a member whose content may be skipped.
  private var isInside = false
  /// The number of headers read.
  private var members = 0
  private var header: ZipLocalHeader?
  /// The number of members whose own header and directory entry differ in the name.
  private var misnamed = 0
  var produced = 0
  private(set) var failure: SourceError?

  /// Opens a zip; nil if the file is not a zip.
  convenience init?(
    _ file: RandomAccessFile, path: String, size: Int, limits: SourceLimits, head: some Collection<UInt8>
  ) throws(SourceError) {
    let directory: ZipDirectory?
    do throws(FileError) {
      directory = try ZipDirectory(file, size: size, maximumMembers: limits.members)
    } catch {
      throw Source.failure(error, path: path)
    }
    if directory?.isOfSplit == true || (directory == nil && head.starts(with: Self.splitSignature)) {
      throw .unsupported("a part of a split zip", "join its parts, with `zip -s 0 a.zip --out whole.zip`", path: path)
    }
    guard directory?.isInsideTar == false || head.starts(with: ZipLocalHeader.signature) else { return nil }
    if directory?.hasMoreMembers == true { throw .members(limits.members, path: path) }
    if let directory, directory.entries.isEmpty, !directory.isIncomplete {
      throw SourceError(.empty, "It has no members; was it written completely?", path: path)
    }
    try self.init(file, directory, size: size, path: path, limits: limits)
  }

  /// Reads the members that a directory lists, which may be fewer than the zip contains.
  convenience init(
    _ file: RandomAccessFile, _ directory: ZipDirectory, path: String, limits: SourceLimits
  ) throws(SourceError) {
    try self.init(file, directory, size: directory.place.upperBound, path: path, limits: limits)
  }

  private init(
    _ file: RandomAccessFile, _ directory: ZipDirectory?, size: Int, path: String, limits: SourceLimits
  ) throws(SourceError) {
    guard let handle = ArchiveHandle() else { throw .outOfMemory(path: path) }
    self.directory = directory
    (self.path, self.file, self.handle, self.limits) = (path, file, handle, limits)
    places = directory.map { Self.places($0) } ?? []
    (bytes, start) = directory.map { Self.bytes(file, $0) } ?? (ZipBytes(file, 0..<size, end: []), 0)
    try open()
  }

  /// The first bytes of a part, other than the last, of a split zip, if the part is the first.
  private static let splitSignature: [UInt8] = Array("PK\u{7}\u{8}".utf8) + ZipLocalHeader.signature

  var archive: OpaquePointer { handle.archive }
  var consumed: Int { start + Int(archive_filter_bytes(archive, -1)) }
  var headerPosition: Int { start + Int(archive_read_header_position(archive)) }
  var report: String? { handle.report }
  var producesWhatIsPassedOver: Bool { directory == nil }

  func nextHeader(_ entry: inout OpaquePointer?) -> Int32 {
    guard !isInside || passOver() else { return ARCHIVE_FATAL }
    let status = archive_read_next_header(archive, &entry)
    let isMember = status == ARCHIVE_OK || status == ARCHIVE_WARN
    isInside = directory == nil && isMember
    header = nil
    do throws(FileError) {
      if let failure = bytes.failure { throw failure }
      if isMember { try readHeader() }
    } catch {
      failure = Source.failure(error, path: path)
      return ARCHIVE_FATAL
    }
    return status
  }

  /// libarchive's name if it must be the same with libarchive's conversion; otherwise the stored bytes.
  package func name(of entry: OpaquePointer) -> [UInt8] {
    let given = MemberName.bytes(archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry))
    guard let header, !header.name.allSatisfy({ (1..<0x80).contains($0) }) else { return given }
    let slash = UInt8(ascii: "/")
    let isFolder = archive_entry_filetype(entry) == S_IFDIR
    return header.name + (isFolder && header.name.last != slash ? [slash] : [])
  }

  func sequel(behind members: Int) throws(SourceError) -> Sequel {
    guard let directory else {
      throw SourceError(
        .noDirectory, "It has no directory at its end, so it may be truncated; fetch it again", path: path)
    }
    guard members == directory.entries.count else {
      throw SourceError(
        .directoryMismatch,
        "Its directory lists \(counted(directory.entries.count, "member")) but \(members) can be read; fetch it again",
        path: path)
    }
    guard !directory.overlaps else {
      throw SourceError(
        .directoryMismatch, "Its directory lists the same bytes for several members; fetch it again", path: path)
    }
    guard !directory.isIncomplete else {
      throw SourceError(
        .directoryMismatch, "It has members that its directory doesn't list; pack it again, or fetch it again",
        path: path)
    }
    guard misnamed == 0 else {
      throw SourceError(
        .directoryMismatch,
        "Its directory and its members give \(misnamed) of them different names; pack it again, or fetch it again",
        path: path)
    }
    guard !directory.isFollowed else {
      throw SourceError(
        .trailingData, "Data that is not a comment follows its directory; check what it is, or fetch it again",
        path: path)
    }
    return .nothing
  }

  func content() -> SourceContent? { nil }

  private static func places(_ directory: ZipDirectory) -> [Int] {
    directory.entries.reduce(into: []) { places, entry in
      let place = directory.prefix + entry.offset
      if places.last != place { places.append(place) }
    }
  }

  /// The bytes of a zip with a directory for libarchive, and their offset in the file.
  private static func bytes(_ file: RandomAccessFile, _ directory: ZipDirectory) -> (ZipBytes, start: Int) {
    let place = directory.place
    // libarchive supports data before the zip only if no zip64 record is needed.
    let start = ZipDirectoryEnd.isShort(place.lowerBound, place.count) ? 0 : max(directory.prefix, 0)
    let end = ZipDirectoryEnd.record(of: place.lowerBound - directory.prefix, byteCount: place.count)
    return (ZipBytes(file, start..<place.upperBound, end: end), start)
  }

  private func open() throws(SourceError) {
    if directory == nil {
      archive_read_support_format_zip_streamable(archive)
    } else {
      archive_read_support_format_zip_seekable(archive)
      archive_read_set_seek_callback(archive) { _, bytes, offset, whence in
        guard let bytes else { return la_int64_t(ARCHIVE_FATAL) }
        return la_int64_t(
          Unmanaged<ZipBytes>.fromOpaque(bytes).takeUnretainedValue().seek(Int(offset), whence) ?? Int(ARCHIVE_FATAL))
      }
    }
    archive_read_set_callback_data(archive, Unmanaged.passUnretained(bytes).toOpaque())
    archive_read_set_read_callback(archive) { _, bytes, target in
      guard let bytes, let target else { return -1 }
      let next = Unmanaged<ZipBytes>.fromOpaque(bytes).takeUnretainedValue().next()
      target.pointee = next?.baseAddress
      return next?.count ?? -1
    }
    archive_read_set_skip_callback(archive) { _, bytes, count in
      guard let bytes else { return 0 }
      return la_int64_t(Unmanaged<ZipBytes>.fromOpaque(bytes).takeUnretainedValue().skip(Int(count)))
    }
    guard archive_read_open1(archive) == ARCHIVE_OK else {
      throw bytes.failure.map { Source.failure($0, path: path) } ?? .notAnArchive(handle.report, path: path)
    }
  }

  /// Reads the header that libarchive has read from the file, and compares its name with the directory.
  private func readHeader() throws(FileError) {
    defer { members += 1 }
    guard let directory else {
      if let place = try file.firstPlace(of: ZipLocalHeader.signature, from: headerPosition) {
        header = try ZipLocalHeader(file, at: place)
      }
      return
    }
    guard members < places.count else { return }
    header = try ZipLocalHeader(file, at: places[members])
    guard let header, places.count == directory.entries.count else { return }
    let name = directory.entries[members].name
    if try !header.isNamed(file.read(at: name.lowerBound, count: name.count)) { misnamed += 1 }
  }

  /// Without a directory, a member that is not requested may have to be decompressed to find its end.
  private func passOver() -> Bool {
    var (bytes, offset): (UnsafeRawPointer?, la_int64_t) = (nil, 0)
    var count = 0
    while true {
      switch archive_read_data_block(archive, &bytes, &count, &offset) {
      case ARCHIVE_OK, ARCHIVE_WARN: self.count(count)
      case ARCHIVE_FATAL: return false
      default: return true
      }
      if limits.isRatioExceeded(produced: produced, consumed: consumed) {
        failure = .ratio(limits.ratio, path: path)
        return false
      }
    }
  }
}
