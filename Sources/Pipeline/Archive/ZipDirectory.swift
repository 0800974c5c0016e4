/// What a zip's central directory says of its members' places (PKWARE's APPNOTE.TXT, 4.3), looked at before libarchive
/// lists it: a directory may list millions, list the same bytes again and again, or leave members out.
struct ZipDirectory {
  /// Members that it lists.
  private(set) var members = 0
  /// Whether it lists more than the limit; nothing else is known of it then.
  private(set) var hasMoreMembers = false
  /// Whether members share bytes.
  private(set) var overlaps = false
  /// Whether members lie in the file that it doesn't list.
  private(set) var isIncomplete = false
  /// Whether something other than zeros follows it and its comment.
  let isFollowed: Bool
  /// Bytes between where its end is told and the file's end.
  let distanceToEnd: Int

  /// What a member's header in front of its bytes begins with.
  static let localSignature: [UInt8] = Array("PK\u{3}\u{4}".utf8)
  /// Bytes of that header without name and extra fields.
  private static let localHeader = 30
  /// The most that usually lies between members: extra fields and a data descriptor. A picture is larger.
  private static let usualGap = 64

  /// Reads the directory of a file; nil where there is none.
  init?(path: String, size: Int, mostMembers: Int) throws(FileError) {
    let file = try RandomAccessFile(path: path)
    guard let end = try ZipDirectoryEnd(file, size: size) else { return nil }
    isFollowed = end.isFollowed
    distanceToEnd = size - end.offset
    // What it says of its count is a claim: fewer may be listed than it says, or more.
    guard end.members <= mostMembers else {
      hasMoreMembers = true
      return
    }
    var entries: [ZipDirectoryEntry] = []
    var offset = end.directory.lowerBound
    var window: ArraySlice<UInt8> = []
    while offset < end.directory.upperBound {
      if window.count < ZipDirectoryEntry.mostBytes, offset + window.count < end.directory.upperBound {
        window = try file.read(at: offset, count: min(1 << 20, end.directory.upperBound - offset))[...]
      }
      guard let entry = ZipDirectoryEntry(window) else { return nil }
      guard entries.count < mostMembers else {
        hasMoreMembers = true
        return
      }
      entries.append(entry)
      offset += entry.byteCount
      window = window.dropFirst(entry.byteCount)
    }
    members = entries.count
    entries.sort { $0.offset < $1.offset }
    try compare(entries, with: file, from: end.prefix, to: end.directory.lowerBound)
  }

  /// Walks over the members in the file's order; what lies between them is looked at where a member could hide there.
  private mutating func compare(
    _ entries: [ZipDirectoryEntry], with file: RandomAccessFile, from prefix: Int, to directory: Int
  ) throws(FileError) {
    if prefix + (entries.first?.offset ?? 0) > 0 { isIncomplete = try beginsMember(file, at: 0) }
    for (index, entry) in entries.enumerated() {
      let next = index + 1 < entries.count ? prefix + entries[index + 1].offset : directory
      let start = prefix + entry.offset
      guard next - start >= ZipDirectory.localHeader + entry.compressed else {
        overlaps = true
        return
      }
      let gap = next - start - ZipDirectory.localHeader - entry.compressed - entry.nameCount
      guard gap > ZipDirectory.usualGap, !isIncomplete else { continue }
      let header = try file.read(at: start, count: ZipDirectory.localHeader)
      guard header.count == ZipDirectory.localHeader else { continue }
      let end = start + header.count + header.number(at: 26, 2) + header.number(at: 28, 2) + entry.compressed
      // A data descriptor of up to 24 bytes may come first.
      for descriptor in [0, 12, 16, 20, 24] where end + descriptor < next {
        if try beginsMember(file, at: end + descriptor) { isIncomplete = true }
      }
    }
  }

  private func beginsMember(_ file: RandomAccessFile, at offset: Int) throws(FileError) -> Bool {
    try file.read(at: offset, count: ZipDirectory.localSignature.count) == ZipDirectory.localSignature
  }
}
