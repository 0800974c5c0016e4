import CArchive
import Foundation
import StreetCore

extension ArchiveReader {
  var isZip: Bool { container is ZipContainer }

  private var report: String { container.report ?? "no reason given" }

  /// What becomes of a member that is no regular file; nil for one that is.
  func notAFile(_ entry: OpaquePointer, _ member: Member) -> Member.Content? {
    switch archive_entry_filetype(entry) {
    case S_IFREG where MemberName.isOfVolume(member.name), 0 where archive_entry_size(entry) > 0:
      return .rejected(
        Reason(
          id: "archive.member_cut",
          message: "The rest of a member that begins in an earlier volume; unpack all volumes, and pack them as one"))
    case S_IFREG: return nil
    // A hard link that names nothing.
    case 0: return names.content(of: [], in: member)
    case S_IFDIR where isZip && archive_entry_size(entry) > 0:
      return .rejected(
        Reason(
          id: "archive.member_damaged",
          message: "The archive calls it a folder, but it has \(archive_entry_size(entry)) bytes; pack it again"))
    default: return Classification.verdict(name: member.name, isFile: false)
    }
  }

  /// Reads as many bytes as are produced; the size in the header is a claim, never an allocation.
  mutating func readContent(of member: inout Member, isNamed: Bool) throws(SourceError) {
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
        // FAILED ends this member alone, FATAL the whole archive.
        if count != Int(ARCHIVE_FATAL) {
          // libarchive's word for a zip's compressions that it doesn't know.
          if let report = container.report, report.lowercased().contains("unsupported") {
            member.content = .rejected(
              .unsupported(
                "Its compression isn't read (\(report))", "unpack it, with 7-Zip say, and pack it again with deflate"))
            return
          }
          member.content = .rejected(
            Reason(id: "archive.member_damaged", message: "The archive doesn't give all of its bytes: \(report)"))
          return
        }
        broken = failure(inside: true)
        member.content = .rejected(
          Reason(
            id: "archive.member_cut",
            message: "The archive breaks off inside this member; fetch it again, or join it with the part that follows")
        )
        return
      }
      bytes += part
      container.count(count)
      member.byteCount = bytes.count
      // Tars are held against it as they are decompressed, too; but their holes and what a zip holds come from here.
      if limits.isRatioExceeded(produced: container.produced, consumed: container.consumed) {
        throw end(.ratio(limits.ratio, path: path))
      }
      if bytes.count == part.count, !givesAll, !Classification.isPicture(part) {
        member.content = Classification.verdict(name: member.name, isNamed: isNamed, first: part)
        return
      }
      if bytes.count > limits.memberBytes {
        member.content = .rejected(limits.tooLarge)
        return
      }
    }
    member.content =
      bytes.isEmpty ? Classification.verdict(name: member.name, isNamed: isNamed, first: []) : .bytes(bytes)
  }
}

extension Reason {
  /// `fault` says what a sound member is, `way` what to do.
  static func unsupported(_ fault: String, _ way: String) -> Reason {
    Reason(id: "archive.member_unsupported", message: "\(fault); \(way)")
  }
}
