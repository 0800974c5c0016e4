import CArchive
import Foundation

/// Reads tar (plain, gzip, zstd, xz) and zip as a stream through libarchive; nothing is unpacked to disk.
struct ArchiveReader: SourceReader {
  private let path: String
  private let limits: SourceLimits
  private let size: Int?
  private let container: any Container
  /// The entry found behind a damaged header, until it is handed out.
  private var found: OpaquePointer?
  private var ordinal = 0
  private var ended = false
  /// Why nothing comes after the member that was handed out last.
  private var broken: SourceError?

  private enum Header {
    case entry(OpaquePointer)
    /// One that can't be read.
    case damaged
    case end
  }

  /// Opens an archive, or with `path` "-" a tar on standard input.
  init(path: String, size: Int?, limits: SourceLimits) throws(SourceError) {
    (self.path, self.size, self.limits) = (path, size, limits)
    let (input, head): (RawInput, ArraySlice<UInt8>)
    do throws(FileError) {
      input = try size.map { size throws(FileError) in try RawInput(path: path, size: size) } ?? RawInput()
      head = try input.peek(TarRecord.byteCount)
    } catch {
      throw Source.failure(error, path: path)
    }
    if head.isEmpty {
      let what = size == nil ? "Nothing comes from standard input" : "It is empty"
      throw SourceError(.empty, "\(what); was it written to its end?", path: path)
    }
    let isTar = TarRecord.isHeader(head) || Compression(head: head) != nil
    if let size, !isTar, let zip = try ZipContainer(path: path, size: size, limits: limits, head: head) {
      container = zip
    } else {
      container = try TarContainer(input, path: path, limits: limits)
    }
  }

  var progress: Double? {
    size.map { min(1, Double(container.consumed) / Double(max($0, 1))) }
  }

  func content() throws(SourceError) -> SourceContent? { try container.content() }

  mutating func next(stored: Int?) throws(SourceError) -> Member? {
    let header = try readHeader()
    if case .end = header { return nil }
    guard ordinal < limits.members else {
      ended = true
      throw .members(limits.members, path: path)
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
      ordinal: ordinal, name: MemberName.text(archive_entry_pathname(entry), archive_entry_pathname_utf8(entry)),
      offset: container.headerPosition, byteCount: 0, content: .bytes([]))
    let isLink = archive_entry_hardlink(entry) != nil || archive_entry_hardlink_utf8(entry) != nil
    // Some writers give a hard link its content all the same.
    if isLink, archive_entry_size(entry) == 0 {
      let target = MemberName.text(archive_entry_hardlink(entry), archive_entry_hardlink_utf8(entry))
      member.content = .alias(of: target)
      return member
    }
    guard isLink || archive_entry_filetype(entry) == S_IFREG else {
      member.content = .ignored(Reason(id: "member.not_a_file", message: "A folder, a link or a device"))
      return member
    }
    guard !MemberName.isSystemFile(member.name) else {
      member.content = .ignored(.systemFile)
      return member
    }
    if let stored {
      if !container.producesWhatIsPassedOver { container.count(stored) }
      return member
    }
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
    var isDamaged = false
    for _ in 0..<TarRecord.mostBetweenHeaders {
      switch container.nextHeader(&entry) {
      case ARCHIVE_OK, ARCHIVE_WARN:
        guard let entry else { continue }
        guard isDamaged else { return .entry(entry) }
        found = entry
        return .damaged
      case ARCHIVE_EOF:
        // What is wrong with the end is said behind what the damaged header stands for.
        do throws(SourceError) {
          switch try container.sequel(behind: ordinal) {
          case .nothing: break
          case .members: continue
          case .membersBehindDamage:
            isDamaged = true
            continue
          }
        } catch {
          guard isDamaged else { throw end(error) }
          broken = error
          return .damaged
        }
        ended = true
        if isDamaged { return .damaged }
        guard ordinal > 0 else {
          throw SourceError(.empty, "It holds no member; was it written to its end?", path: path)
        }
        return .end
      case ARCHIVE_RETRY: isDamaged = true
      default: throw end(failure(inside: false))
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
        count = archive_read_data(container.archive, buffer.baseAddress, chunk)
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
        broken = failure(inside: true)
        member.content = .rejected(
          Reason(id: "archive.member_cut", message: "The archive breaks off inside this member; fetch it again"))
        return
      }
      bytes += part
      container.count(count)
      member.byteCount = bytes.count
      // Tars are held against it as they are decompressed, too; but their holes and what a zip holds come from here.
      if limits.isRatioExceeded(produced: container.produced, consumed: container.consumed) {
        throw end(.ratio(limits.ratio, path: path))
      }
      if bytes.count == part.count, !Self.isPicture(part) {
        member.content = Self.verdict(name: member.name, first: part)
        return
      }
      if bytes.count > limits.memberBytes {
        member.content = .rejected(limits.tooLarge)
        return
      }
    }
    member.content = bytes.isEmpty ? Self.verdict(name: member.name, first: []) : .bytes(bytes)
  }

  private var report: String { container.report ?? "no reason given" }

  /// Nothing comes behind an error.
  private mutating func end(_ error: SourceError) -> SourceError {
    ended = true
    return error
  }

  /// What ended libarchive's reading, inside the next member's content or in front of its header.
  private func failure(inside: Bool) -> SourceError {
    if let failure = container.failure { return failure }
    // libarchive reads zips itself, and tells what the system refuses by its number.
    let number = archive_errno(container.archive)
    if [EIO, ESTALE, ENOMEM].contains(number) { return Source.failure(FileError(number: number), path: path) }
    if ordinal == 0 && !inside { return .notAnArchive(container.report, path: path) }
    // libarchive gives no reason where it meets the end while it passes over a member.
    let report = container.report ?? "truncated"
    let code: SourceError.Code = report.lowercased().contains("truncated") ? .truncated : .damaged
    let place = inside ? "It breaks off inside member \(ordinal)" : "It can't be read past member \(ordinal - 1)"
    return SourceError(code, "\(place) (\(report)); fetch it again", path: path)
  }
}
