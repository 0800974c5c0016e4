import CArchive

/// A zip in a file, read by its directory or, where that is missing, from one member to the next.
///
/// libarchive says nothing of a directory that is missing or lists other members than the zip holds; this does.
final class ZipContainer: Container {
  private let path: String
  private let handle: ArchiveHandle
  private let limits: SourceLimits
  /// Nil where there is none.
  private let directory: ZipDirectory?
  /// Whether libarchive reads from one member to the next: it looks for the directory in the last 16 KiB alone.
  private let isStreamed: Bool
  /// Whether there is a member whose content may be left.
  private var isInside = false
  var produced = 0
  private(set) var failure: SourceError?

  /// Opens a zip; nil where the file is none.
  init?(path: String, size: Int, limits: SourceLimits, head: some Collection<UInt8>) throws(SourceError) {
    do throws(FileError) {
      directory = try ZipDirectory(path: path, size: size, mostMembers: limits.members)
    } catch {
      throw Source.failure(error, path: path)
    }
    guard directory != nil || head.starts(with: ZipDirectory.localSignature) else { return nil }
    if directory?.hasMoreMembers == true { throw .members(limits.members, path: path) }
    guard let handle = ArchiveHandle() else { throw .outOfMemory(path: path) }
    (self.path, self.handle, self.limits) = (path, handle, limits)
    isStreamed = directory.map { $0.distanceToEnd > 1 << 14 } ?? true
    archive_read_support_format_zip(handle.archive)
    guard archive_read_open_filename(handle.archive, path, 1 << 18) == ARCHIVE_OK else {
      throw .notAnArchive(handle.report, path: path)
    }
  }

  var archive: OpaquePointer { handle.archive }
  var consumed: Int { Int(archive_filter_bytes(archive, -1)) }
  var headerPosition: Int { Int(archive_read_header_position(archive)) }
  var report: String? { handle.report }
  var producesWhatIsPassedOver: Bool { isStreamed }

  func nextHeader(_ entry: inout OpaquePointer?) -> Int32 {
    guard !isInside || passOver() else { return ARCHIVE_FATAL }
    let status = archive_read_next_header(archive, &entry)
    isInside = isStreamed && (status == ARCHIVE_OK || status == ARCHIVE_WARN)
    return status
  }

  func sequel(behind members: Int) throws(SourceError) -> Sequel {
    guard let directory else {
      throw SourceError(
        .noDirectory, "It has no directory at its end, so it may have been cut; fetch it again", path: path)
    }
    guard members == directory.members else {
      throw SourceError(
        .directoryMismatch,
        "Its directory lists \(directory.members) members but \(members) can be read; fetch it again", path: path)
    }
    guard !directory.overlaps else {
      throw SourceError(
        .directoryMismatch, "Its directory lists the same bytes for several members; fetch it again", path: path)
    }
    guard !directory.isIncomplete else {
      throw SourceError(
        .directoryMismatch, "It holds members that its directory doesn't list; pack it again, or fetch it again",
        path: path)
    }
    guard !directory.isFollowed else {
      throw SourceError(
        .trailingData, "Something follows its directory that is no comment; look what it is, or fetch it again",
        path: path)
    }
    return .nothing
  }

  func content() -> SourceContent? { nil }

  /// Without a directory, a member that no one asks for may have to be decompressed to find its end.
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
