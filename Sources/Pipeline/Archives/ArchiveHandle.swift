import CArchive

/// An archive handle of libarchive, freed in `deinit`.
final class ArchiveHandle {
  let archive: OpaquePointer

  /// Returns nil if memory is short.
  init?() {
    guard let archive = archive_read_new() else { return nil }
    self.archive = archive
  }

  deinit { archive_read_free(archive) }

  /// The message of libarchive's last error.
  var report: String? { archive_error_string(archive).map { String(cString: $0) } }
}
