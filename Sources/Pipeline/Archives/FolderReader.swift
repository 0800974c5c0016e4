import Foundation
import StreetCore

/// Reads the regular files in a folder and its subfolders, or a single file, sorted by the bytes of their paths.
struct FolderReader: SourceReader {
  private let root: String
  private let files: [Listing.File]
  private let limits: SourceLimits
  private var ordinal = 0

  /// Reads the files of a folder.
  init(root: String, files: [Listing.File], limits: SourceLimits) {
    (self.root, self.files, self.limits) = (root, files, limits)
  }

  /// Reads one picture, as a source with one member.
  init(image path: String, limits: SourceLimits) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
    root = "/" + parts.dropLast().joined(separator: "/")
    files = [Listing.File(name: Array((parts.last ?? "").utf8), byteCount: 0, modified: 0, isRegular: true)]
    self.limits = limits
  }

  var progress: Double? { Double(ordinal) / Double(max(files.count, 1)) }

  mutating func next(stored: Int?) throws(SourceError) -> Member? {
    guard !files.isEmpty else { throw SourceError(.empty, "The folder contains no files", path: root) }
    guard ordinal < files.count else { return nil }
    guard ordinal < limits.members else {
      throw SourceError(
        .members, "It has more than \(counted(limits.members, "file")); split it, or raise the limit", path: root)
    }
    defer { ordinal += 1 }
    let file = files[ordinal]
    var member = Member(
      ordinal: ordinal, name: MemberName.text(file.name), offset: nil, byteCount: 0, content: .bytes([]))
    if let fault = file.fault {
      member.content = .rejected(Reason(id: "member.unreadable", message: "The system can't read it: \(fault)"))
    } else if let verdict = Classification.verdict(name: member.name, isFile: file.isRegular) {
      member.content = verdict
    } else if stored == nil {
      try read(&member, path: Array(root.utf8) + [UInt8(ascii: "/")] + file.name)
    }
    return member
  }

  private func read(_ member: inout Member, path: [UInt8]) throws(SourceError) {
    let tooLarge = Member.Content.rejected(limits.tooLarge)
    do throws(FileError) {
      let file = try File(path: path)
      let first = try file.read(upTo: 4096)
      guard Classification.isPicture(first) else {
        member.byteCount = first.count
        member.content = Classification.verdict(name: member.name, first: first)
        return
      }
      // Of a file that is too large, nothing is read.
      if try FileStatus(path: path).byteCount > limits.memberBytes { return member.content = tooLarge }
      let bytes = first + (try file.read(upTo: limits.memberBytes - first.count + 1))
      member.byteCount = bytes.count
      member.content = bytes.count > limits.memberBytes ? tooLarge : .bytes(bytes)
    } catch {
      if error.isShortage { throw Source.failure(error, path: root) }
      member.content = .rejected(
        Reason(id: "member.unreadable", message: "The system can't read it: \(error.message)"))
    }
  }
}
