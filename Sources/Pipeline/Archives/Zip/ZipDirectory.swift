import DigitNet
import StreetCore

/// The locations of members according to the central directory of a zip (PKWARE's APPNOTE.TXT, 4.3). It is examined
/// before libarchive reads it, because a directory may list millions of members, list the same bytes repeatedly, or
/// leave members out.
struct ZipDirectory {
  /// The entries, in the order of the file.
  private(set) var entries: [ZipDirectoryEntry] = []
  /// Whether it lists more members than the limit; its other properties are then unknown.
  private(set) var hasMoreMembers = false
  /// Whether members share bytes.
  private(set) var overlaps = false
  /// Whether the file contains members that the directory doesn't list.
  private(set) var isIncomplete = false
  /// Whether data other than zeros follow the directory and its comment.
  private(set) var isFollowed: Bool
  /// Whether the directory belongs to a split zip whose members begin in other files.
  private(set) var isOfSplit = false
  /// Whether the zip is a member of a tar, whose first header may be damaged.
  private(set) var isInsideTar = false
  /// The range of its entries in the file.
  private(set) var place: Range<Int>
  /// The number of bytes before the zip, which its offsets don't include.
  let prefix: Int

  /// The usual maximum distance between members, for extra fields and a data descriptor. A picture is larger.
  private static let usualGap = 64
  /// The signature of the digital signature after the entries (APPNOTE.TXT, 4.3.13).
  private static let signature: [UInt8] = Array("PK\u{5}\u{5}".utf8)

  /// Reads the directory of a file; nil if there is none.
  init?(_ file: RandomAccessFile, size: Int, maximumMembers: Int) throws(FileError) {
    guard let end = try ZipDirectoryEnd(file, size: size) else { return nil }
    (isFollowed, prefix, isOfSplit) = (end.isFollowed, end.prefix, end.isLaterPart)
    guard let directory = end.directory else {
      guard isOfSplit else { return nil }
      place = size..<size
      return
    }
    place = directory
    var offset = directory.lowerBound
    var window: ArraySlice<UInt8> = []
    while offset < directory.upperBound {
      if window.count < ZipDirectoryEntry.maximumBytes, offset + window.count < directory.upperBound {
        window = try file.read(at: offset, count: min(1 << 20, directory.upperBound - offset))[...]
      }
      guard let entry = ZipDirectoryEntry(window, at: offset) else {
        guard isOfSplit || passes(window) else { return nil }
        break
      }
      // The count in the end record is not trusted.
      guard entries.count < maximumMembers else {
        hasMoreMembers = true
        return
      }
      entries.append(entry)
      offset += entry.byteCount
      window = window.dropFirst(entry.byteCount)
    }
    place = directory.lowerBound..<offset
    entries.sort { $0.offset < $1.offset }
    if isOfSplit { isOfSplit = try !isBesideItsMembers(file) }
    guard !isOfSplit else { return }
    let start = prefix + (entries.first?.offset ?? 0)
    guard start >= 0 else { return nil }
    if start >= TarRecord.byteCount {
      isInsideTar = TarRecord.isHeader(try file.read(at: start - TarRecord.byteCount, count: TarRecord.byteCount))
    }
    try compare(with: file)
  }

  /// The index of each member's entry, by ordinal. Members at the same offset count as one. Costs going through the
  /// entries.
  func members() -> [Int] {
    entries.indices.filter { $0 == 0 || entries[$0].offset != entries[$0 - 1].offset }
  }

  /// A directory that lists only the entry at an index.
  func only(_ index: Int) -> ZipDirectory {
    var alone = self
    (alone.entries, alone.place) = ([entries[index]], entries[index].place)
    return alone
  }

  /// Whether the data after the entries are not a damaged entry but a digital signature.
  private func passes(_ rest: ArraySlice<UInt8>) -> Bool {
    guard rest.starts(with: Self.signature), let count = rest.integer(at: 4, count: 2, .little) else { return false }
    return rest.count <= 6 + count
  }

  /// Whether all members begin in this file at the offsets given, regardless of references to other parts.
  private func isBesideItsMembers(_ file: RandomAccessFile) throws(FileError) -> Bool {
    guard prefix == 0, !entries.isEmpty else { return false }
    for entry in entries where try !beginsMember(file, at: entry.offset) { return false }
    return true
  }

  /// Compares the directory with the members in the order of the file; looks for unlisted members in gaps that are
  /// large enough.
  private mutating func compare(with file: RandomAccessFile) throws(FileError) {
    if prefix + (entries.first?.offset ?? 0) > 0 { isIncomplete = try beginsMember(file, at: 0) }
    for (index, entry) in entries.enumerated() {
      let next = index + 1 < entries.count ? prefix + entries[index + 1].offset : place.lowerBound
      let start = prefix + entry.offset
      guard next - start >= ZipLocalHeader.byteCount + entry.compressed else {
        overlaps = true
        return
      }
      let gap = next - start - ZipLocalHeader.byteCount - entry.compressed - entry.name.count
      guard gap > ZipDirectory.usualGap, !isIncomplete else { continue }
      let header = try file.read(at: start, count: ZipLocalHeader.byteCount)
      guard header.count == ZipLocalHeader.byteCount, let nameCount = header.integer(at: 26, count: 2, .little),
        let extraCount = header.integer(at: 28, count: 2, .little)
      else { continue }
      let end = start + header.count + nameCount + extraCount + entry.compressed
      // A data descriptor of up to 24 bytes may come first.
      for descriptor in [0, 12, 16, 20, 24] where end + descriptor < next {
        if try beginsMember(file, at: end + descriptor) { isIncomplete = true }
      }
    }
  }

  private func beginsMember(_ file: RandomAccessFile, at offset: Int) throws(FileError) -> Bool {
    try file.read(at: offset, count: ZipLocalHeader.signature.count) == ZipLocalHeader.signature
  }
}
