import StreetCore

/// Random access to the members of a zip file through its central directory.
final class ZipAccess {
  private let path: String
  private let limits: SourceLimits
  private let file: RandomAccessFile
  private let directory: ZipDirectory
  /// The index of each member's entry in the directory, by ordinal.
  private let members: [Int]

  /// Opens a zip; nil if the file is not a zip or has no central directory. Costs reading the directory.
  init?(path: String, size: Int, limits: SourceLimits) throws(SourceError) {
    do throws(FileError) {
      file = try RandomAccessFile(path: path)
      let head = try file.read(at: 0, count: TarRecord.byteCount)
      guard !TarRecord.isHeader(head), Compression(head: head) == nil,
        let directory = try ZipDirectory(file, size: size, maximumMembers: limits.members), !directory.isOfSplit
      else { return nil }
      self.directory = directory
      members = directory.members()
    } catch {
      throw Source.failure(error, path: path)
    }
    (self.path, self.limits) = (path, limits)
  }

  /// The bytes of a member; nil if there is none, or if it is not a picture and `ofAnyKind` is false.
  func content(ofMember ordinal: Int, ofAnyKind: Bool = false) throws(SourceError) -> [UInt8]? {
    guard members.indices.contains(ordinal) else { return nil }
    let container = try ZipContainer(file, directory.only(members[ordinal]), path: path, limits: limits)
    var reader = ArchiveReader(container, path: path, limits: limits)
    reader.givesAll = ofAnyKind
    guard case .bytes(let content) = try reader.next(stored: nil)?.content else { return nil }
    return content
  }
}
