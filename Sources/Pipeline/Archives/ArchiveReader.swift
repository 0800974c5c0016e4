import CArchive
import Foundation
import StreetCore

/// Reads tar (plain, gzip, zstd, xz, bzip2, lz4) and zip as a stream through libarchive; nothing is unpacked to disk.
struct ArchiveReader: SourceReader {
  let path: String
  let limits: SourceLimits
  private let size: Int?
  let container: any Container
  /// The entry found after a damaged header, until it is returned.
  private var found: OpaquePointer?
  private var ordinal = 0
  private let locale = PlainLocale()
  /// The members that hard links may refer to; empty for zips.
  package var names = MemberNames()
  private var ended = false
  /// Whether the bytes of members that are not pictures are returned too.
  var givesAll = false
  /// The error to throw after the member returned last.
  var broken: SourceError?

  private enum Header {
    case entry(OpaquePointer)
    /// A header that can't be read.
    case damaged
    case end
  }

  /// Opens an archive or, if `path` is "-", a tar on standard input.
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
      let what = size == nil ? "Standard input is empty" : "It is empty"
      throw SourceError(.empty, "\(what); was it written completely?", path: path)
    }
    let isTar = TarRecord.isHeader(head) || Compression(head: head) != nil
    if !isTar, let zip = try Self.zip(path: path, size: size, limits: limits, head: head) {
      container = zip
    } else {
      container = try TarContainer(input, path: path, limits: limits)
    }
  }

  /// Reads the members of a container.
  init(_ container: any Container, path: String, limits: SourceLimits) {
    (self.container, self.path, self.limits, size) = (container, path, limits, nil)
  }

  /// Opens a file that is not a tar as a zip; nil if it is not a zip either. Throws if it is an archive of another
  /// known format.
  private static func zip(
    path: String, size: Int?, limits: SourceLimits, head: ArraySlice<UInt8>
  ) throws(SourceError) -> ZipContainer? {
    guard let size else {
      if let kind = ForeignFormat.kind(head) { throw .unsupported(kind.name, kind.way, path: path) }
      return nil
    }
    let file: RandomAccessFile
    let foreign: (name: String, way: String)?
    do throws(FileError) {
      file = try RandomAccessFile(path: path)
      foreign = try ForeignFormat.kind(file, head: head)
    } catch {
      throw Source.failure(error, path: path)
    }
    if let foreign { throw .unsupported(foreign.name, foreign.way, path: path) }
    return try ZipContainer(file, path: path, size: size, limits: limits, head: head)
  }

  var progress: Double? {
    size.map { min(1, Double(container.consumed) / Double(max($0, 1))) }
  }

  func content() throws(SourceError) -> SourceContent? { try container.content() }

  mutating func next(stored: Int?) throws(SourceError) -> Member? {
    try locale { () throws(SourceError) in try readNext(stored: stored) }
  }

  private mutating func readNext(stored: Int?) throws(SourceError) -> Member? {
    Failpoint.archiveParsing.reach()
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
            message: "A member's header is damaged, so its name and bytes are lost; fetch the archive again")))
    }
    let name = container.name(of: entry)
    var member = Member(
      ordinal: ordinal, name: name.isEmpty ? MemberName.placeholder(ordinal) : MemberName.text(name),
      offset: container.headerPosition, byteCount: 0, content: .bytes([]))
    defer { if !isZip { names.add(name, ordinal) } }
    let link = MemberName.bytes(archive_entry_hardlink(entry) ?? archive_entry_hardlink_utf8(entry))
    if link.isEmpty, let content = notAFile(entry, member) {
      member.content = content
      return member
    }
    if let verdict = Classification.verdict(name: member.name, isFile: true) {
      member.content = verdict
      return member
    }
    // Some writers store the content with a hard link as well.
    if !link.isEmpty, archive_entry_size(entry) == 0 {
      member.content = names.content(of: link, in: member)
      return member
    }
    if let stored {
      if !container.producesWhatIsPassedOver { container.count(stored) }
      return member
    }
    guard archive_entry_is_data_encrypted(entry) == 0 else {
      member.content = .rejected(
        .unsupported("It is encrypted", "unpack it with its password and give the contents"))
      return member
    }
    try readContent(of: &member, isNamed: !name.isEmpty)
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
    for _ in 0..<TarRecord.maximumBetweenHeaders {
      switch container.nextHeader(&entry) {
      case ARCHIVE_OK, ARCHIVE_WARN:
        guard let entry else { continue }
        guard isDamaged else { return .entry(entry) }
        found = entry
        return .damaged
      case ARCHIVE_EOF:
        // An error at the archive's end is reported after the member with the damaged header.
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
          throw SourceError(.empty, "It has no members; was it written completely?", path: path)
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

  /// Ends the reading: nothing follows an error.
  package mutating func end(_ error: SourceError) -> SourceError {
    ended = true
    return error
  }

  /// The error that ended libarchive's reading, inside the next member's content or before its header.
  package func failure(inside: Bool) -> SourceError {
    if let failure = container.failure { return failure }
    // libarchive reads zips itself, and reports system errors by number.
    let number = archive_errno(container.archive)
    if [EIO, ESTALE, ENOMEM].contains(number) { return Source.failure(FileError(number: number), path: path) }
    if ordinal == 0 && !inside { return .notAnArchive(container.report, path: path) }
    // libarchive gives no message if the data end while it skips a member.
    let report = container.report ?? "truncated"
    let code: SourceError.Code = report.lowercased().contains("truncated") ? .truncated : .damaged
    let place = inside ? "It ends inside member \(ordinal)" : "It can't be read past member \(ordinal - 1)"
    let way = code == .truncated ? "fetch it again, or join it with the part that follows" : "fetch it again"
    return SourceError(code, "\(place) (\(report)); \(way)", path: path)
  }
}
