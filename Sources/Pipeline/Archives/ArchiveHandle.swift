import CArchive

/// libarchive's state of one archive, freed with its last owner.
final class ArchiveHandle {
  let archive: OpaquePointer

  /// Nil where memory is short.
  init?() {
    guard let archive = archive_read_new() else { return nil }
    self.archive = archive
  }

  deinit { archive_read_free(archive) }

  /// What libarchive says of its last fault.
  var report: String? { archive_error_string(archive).map { String(cString: $0) } }
}
