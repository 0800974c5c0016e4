import CArchive
import Foundation
import StreetCore

extension ArchiveReader {
  var isZip: Bool { container is ZipContainer }

  private var report: String { container.report ?? "no reason given" }

  /// The content of a member that is not a regular file; nil for a regular file.
  func notAFile(_ entry: OpaquePointer, _ member: Member) -> Member.Content? {
    switch archive_entry_filetype(entry) {
    case S_IFREG where MemberName.isOfVolume(member.name), 0 where archive_entry_size(entry) > 0:
      return .rejected(
        Reason(
          id: "archive.member_cut",
          message:
            "The continuation of a member from an earlier volume; unpack all volumes, and pack them as one archive"))
    case S_IFREG: return nil
    // A hard link without a target.
    case 0: return Classification.verdict(name: member.name, isFile: true) ?? names.content(of: [], in: member)
    case S_IFDIR where isZip && archive_entry_size(entry) > 0:
      return .rejected(
        Reason(
          id: "archive.member_damaged",
          message:
            "The archive says that it is a folder, but it has \(counted(Int(archive_entry_size(entry)), "byte")); pack it again"
        )
      )
    default: return Classification.verdict(name: member.name, isFile: false)
    }
  }

  /// Reads all bytes that the archive produces. The size in the header is not trusted: no memory is allocated for it.
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
        // ARCHIVE_FAILED ends only this member, ARCHIVE_FATAL the whole archive.
        if count != Int(ARCHIVE_FATAL) {
          // libarchive's message for an unknown compression method in a zip.
          if let report = container.report, report.lowercased().contains("unsupported") {
            member.content = .rejected(
              .unsupported(
                "Its compression method is not supported (\(report))",
                "unpack it, for example with 7-Zip, and pack it again with deflate"))
            return
          }
          member.content = .rejected(
            Reason(
              id: "archive.member_damaged", message: "Not all of its bytes can be read from the archive: \(report)"))
          return
        }
        broken = failure(inside: true)
        member.content = .rejected(
          Reason(
            id: "archive.member_cut",
            message: "The archive ends inside this member; fetch it again, or join it with the part that follows")
        )
        return
      }
      bytes += part
      container.count(count)
      member.byteCount = bytes.count
      // For tars, decompression checks the ratio too, but only this check covers sparse files and members of zips.
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
  /// `fault` describes the member, `way` tells the user what to do.
  static func unsupported(_ fault: String, _ way: String) -> Reason {
    Reason(id: "archive.member_unsupported", message: "\(fault); \(way)")
  }
}
