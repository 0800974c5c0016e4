import CArchive
import Foundation

/// Reads tar (plain, gzip, zstd, xz) and zip as a stream through libarchive; nothing is unpacked to disk.
struct ArchiveReader: SourceReader {
  private let path: String
  private let limits: SourceLimits
  private let size: Int?
  private let handle: Handle
  /// Standard input, where it is read.
  private let stream: StreamInput?
  /// The entry found behind a damaged header, until it is handed out.
  private var found: OpaquePointer?
  private var ordinal = 0
  private var produced = 0
  private var ended = false
  /// Why nothing comes after the member that was handed out last.
  private var broken: SourceError?

  /// Frees libarchive's state with the last copy of the reader.
  private final class Handle {
    let archive: OpaquePointer
    init(_ archive: OpaquePointer) { self.archive = archive }
    deinit { archive_read_free(archive) }
  }

  private enum Header {
    case entry(OpaquePointer)
    /// One that can't be read.
    case damaged
    case end
  }

  /// A header damaged in one 512-byte block is tried again at the next, up to 32 MiB on.
  private static let mostRetries = 65_536

  /// Opens an archive, or with `path` "-" a tar on standard input.
  init(path: String, size: Int?, limits: SourceLimits) throws(SourceError) {
    guard let archive = archive_read_new() else {
      throw SourceError(.unreadable, "There is not enough memory to open it", path: path)
    }
    handle = Handle(archive)
    (self.path, self.size, self.limits) = (path, size, limits)
    archive_read_support_format_tar(archive)
    if path != "-" { archive_read_support_format_zip(archive) }
    archive_read_support_filter_gzip(archive)
    archive_read_support_filter_zstd(archive)
    archive_read_support_filter_xz(archive)
    stream = path == "-" ? StreamInput(descriptor: STDIN_FILENO) : nil
    let status = stream?.open(archive) ?? archive_read_open_filename(archive, path, 1 << 18)
    guard status == ARCHIVE_OK else { throw failure(atStart: true) }
    // The last filter is "none", libarchive's own.
    guard archive_filter_count(archive) <= 2 else {
      throw SourceError(
        .filters, "It is compressed more than once; unpack the outer layer and give what is inside", path: path)
    }
  }

  var progress: Double? {
    size.map { min(1, Double(archive_filter_bytes(handle.archive, -1)) / Double(max($0, 1))) }
  }

  func content() throws(SourceError) -> SourceContent? {
    do throws(FileError) {
      return try stream?.end()
    } catch {
      throw Source.failure(error, path: path)
    }
  }

  mutating func next(skip: Bool) throws(SourceError) -> Member? {
    let header = try readHeader()
    if case .end = header { return nil }
    guard ordinal < limits.members else {
      ended = true
      throw SourceError(
        .members, "It has more than \(limits.members) members; split it, or raise --max-members", path: path)
    }
    defer { ordinal += 1 }
    guard case .entry(let entry) = header else {
      return Member(
        ordinal: ordinal, name: "(unreadable header)", offset: nil, byteCount: 0,
        content: .rejected(
          Reason(
            id: "archive.header_damaged",
            message: "A member's header is damaged, its name and bytes are lost; fetch the archive again")))
    }
    var member = Member(
      ordinal: ordinal, name: ArchiveReader.name(entry), offset: Int(archive_read_header_position(handle.archive)),
      byteCount: 0, content: .bytes([]))
    guard archive_entry_hardlink(entry) == nil, archive_entry_hardlink_utf8(entry) == nil else {
      member.content = .ignored(
        Reason(id: "member.hard_link", message: "A hard link to another member, which is read itself"))
      return member
    }
    guard archive_entry_filetype(entry) == S_IFREG else {
      member.content = .ignored(Reason(id: "member.not_a_file", message: "A folder, a link or a device"))
      return member
    }
    guard !MemberName.isSystemNote(member.name) else {
      member.content = .ignored(
        Reason(id: "member.system_note", message: "Some system's note about another file"))
      return member
    }
    if skip { return member }
    try readContent(of: &member)
    return member
  }

  private mutating func readHeader() throws(SourceError) -> Header {
    if let entry = found {
      found = nil
      return .entry(entry)
    }
    if let broken {
      self.broken = nil
      ended = true
      throw broken
    }
    guard !ended else { return .end }
    var entry: OpaquePointer?
    for retries in 0..<ArchiveReader.mostRetries {
      switch archive_read_next_header(handle.archive, &entry) {
      case ARCHIVE_OK, ARCHIVE_WARN:
        guard let entry else { continue }
        guard retries > 0 else { return .entry(entry) }
        found = entry
        return .damaged
      case ARCHIVE_EOF:
        ended = true
        if ordinal == 0 {
          throw SourceError(.empty, "It holds no member; was it written to its end?", path: path)
        }
        return retries > 0 ? .damaged : .end
      case ARCHIVE_RETRY: continue
      default:
        ended = true
        throw failure(atStart: ordinal == 0)
      }
    }
    ended = true
    throw SourceError(
      .damaged, "A header is damaged after member \(ordinal - 1) and no later one was found", path: path)
  }

  /// Reads as many bytes as are produced; the size in the header is a claim, never an allocation.
  private mutating func readContent(of member: inout Member) throws(SourceError) {
    var bytes: [UInt8] = []
    while true {
      let chunk = 1 << 18
      var count = 0
      let part = [UInt8](unsafeUninitializedCapacity: chunk) { buffer, initialized in
        count = archive_read_data(handle.archive, buffer.baseAddress, chunk)
        initialized = max(count, 0)
      }
      guard count != 0 else { break }
      guard count > 0 else {
        // FAILED ends this member alone (it is encrypted, say), FATAL the whole archive.
        if count != Int(ARCHIVE_FATAL) {
          member.content = .rejected(
            Reason(id: "archive.member_damaged", message: "The archive doesn't give all of its bytes: \(report)"))
          return
        }
        let error = failure(atStart: false)
        broken = error
        member.content = .rejected(
          Reason(id: "archive.member_cut", message: "The archive breaks off inside this member; fetch it again"))
        return
      }
      bytes += part
      produced += count
      member.byteCount = bytes.count
      if bytes.count == part.count, !Self.isPicture(part) {
        member.content = Self.verdict(name: member.name, isEmpty: false)
        return
      }
      if bytes.count > limits.memberBytes {
        member.content = .rejected(
          Reason(
            id: "member.too_large",
            message: "It has more than \(limits.memberBytes >> 20) MiB; raise --max-member-size to read it"))
        return
      }
      let consumed = Int(archive_filter_bytes(handle.archive, -1))
      if produced > SourceLimits.ratioFloor, produced / limits.ratio > consumed {
        ended = true
        throw SourceError(
          .ratio, "It produces more than \(limits.ratio) bytes for each of its own; raise --max-ratio if it is sound",
          path: path)
      }
    }
    member.content = bytes.isEmpty ? Self.verdict(name: member.name, isEmpty: true) : .bytes(bytes)
  }

  /// What libarchive says of its last fault.
  private var report: String {
    archive_error_string(handle.archive).map { String(cString: $0) } ?? "no reason given"
  }

  private func failure(atStart: Bool) -> SourceError {
    if let failure = stream?.failure { return Source.failure(failure, path: path) }
    if stream?.byteCount == 0 { return SourceError(.empty, "Nothing comes from standard input", path: path) }
    let truncated = report.lowercased().contains("truncated")
    if atStart && ordinal == 0 {
      let code: SourceError.Code = truncated ? .truncated : .notAnArchive
      return SourceError(code, "It is no picture and can't be read as tar or zip: \(report)", path: path)
    }
    return SourceError(
      truncated ? .truncated : .damaged, "It can't be read past member \(ordinal - 1): \(report)", path: path)
  }

  /// libarchive converts names that a header says are UTF-8 to the locale's encoding, and gives up where it has none.
  private static func name(_ entry: OpaquePointer) -> String {
    let bytes = archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry)
    guard let bytes else { return "" }
    return MemberName.text(UnsafeBufferPointer(start: bytes, count: strlen(bytes)).map(UInt8.init(bitPattern:)))
  }
}
