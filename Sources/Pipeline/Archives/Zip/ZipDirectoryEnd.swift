import DigitNet
import StreetCore

/// The location of a zip's central directory, according to the end record.
struct ZipDirectoryEnd {
  /// The range of the directory in the file, up to the end record; nil if the record is invalid.
  let directory: Range<Int>?
  /// The number of bytes before the zip, which its offsets don't include, such as a self-extracting program.
  let prefix: Int
  /// Whether data other than zeros follow the end record and its comment.
  let isFollowed: Bool
  /// Whether the record says that the file is not the first part of a split zip.
  let isLaterPart: Bool

  private static let byteCount = 22
  private static let maximumComment = 65_535
  private static let signature: [UInt8] = Array("PK\u{5}\u{6}".utf8)
  private static let signature64: [UInt8] = Array("PK\u{6}\u{6}".utf8)
  private static let locatorSignature: [UInt8] = Array("PK\u{6}\u{7}".utf8)
  private static let byteCount64 = 56
  private static let locatorByteCount = 20

  /// Searches the end of a file for the record; nil if there is none.
  init?(_ file: RandomAccessFile, size: Int) throws(FileError) {
    let start = max(0, size - Self.byteCount - Self.maximumComment)
    let tail = try file.read(at: start, count: size - start)
    /// The data after the record at a position and its comment; nil if the tail ends before.
    func rest(behind place: Int) -> ArraySlice<UInt8>? {
      guard let comment = tail.integer(at: place + 20, count: 2, .little),
        place + Self.byteCount + comment <= tail.count
      else { return nil }
      return tail[(place + Self.byteCount + comment)...]
    }
    let found = tail.indices.dropLast(Self.byteCount - 1).last {
      tail[$0] == Self.signature[0] && tail[$0..<$0 + 4].elementsEqual(Self.signature) && rest(behind: $0) != nil
    }
    guard let found, let rest = rest(behind: found) else { return nil }
    isFollowed = rest.contains { $0 != 0 }
    let fields: (part: Int?, byteCount: Int?, claimed: Int?)
    let end: Int
    if let (place, record) = try Self.end64(file, before: start + found) {
      fields = (
        record.integer(at: 16, count: 4, .little), record.integer(at: 40, count: 8, .little),
        record.integer(at: 48, count: 8, .little)
      )
      end = place
    } else {
      // 0xFFFF refers to the zip64 record, which some writers leave out.
      fields = (
        tail.integer(at: found + 4, count: 2, .little).map { $0 == 0xFFFF ? 0 : $0 },
        tail.integer(at: found + 12, count: 4, .little), tail.integer(at: found + 16, count: 4, .little)
      )
      end = start + found
    }
    guard let part = fields.part, let byteCount = fields.byteCount, let claimed = fields.claimed else { return nil }
    isLaterPart = part != 0
    guard byteCount != 0 else {
      (directory, prefix) = (end..<end, 0)
      return
    }
    // The directory ends at the record or, if something that the record doesn't count follows it, such as a signature,
    // begins where the record says.
    var begin: Int?
    let isSound = byteCount > 0 && claimed >= 0
    for place in [end &- byteCount, claimed] where begin == nil && isSound && (0..<end).contains(place) {
      if try file.read(at: place, count: 4) == ZipDirectoryEntry.signature { begin = place }
    }
    directory = begin.map { $0..<end }
    prefix = (begin ?? claimed) - claimed
  }

  /// The zip64 end record, if there is one: at the offset in its locator, or just before the locator. The locator's
  /// number of disks is ignored, because Windows and OneDrive write 0.
  private static func end64(
    _ file: RandomAccessFile, before end: Int
  ) throws(FileError) -> (offset: Int, bytes: [UInt8])? {
    let place = end - locatorByteCount
    guard place >= byteCount64 else { return nil }
    let locator = try file.read(at: place, count: locatorByteCount)
    guard locator.starts(with: locatorSignature), let claimed = locator.integer(at: 8, count: 8, .little)
    else { return nil }
    for offset in [claimed, place - byteCount64] where (0...place - byteCount64).contains(offset) {
      let bytes = try file.read(at: offset, count: byteCount64)
      if bytes.starts(with: signature64) { return (offset, bytes) }
    }
    return nil
  }

  /// An end record for a directory of `byteCount` bytes at an offset, with a zip64 record if needed.
  static func record(of directory: Int, byteCount: Int) -> [UInt8] {
    func bytes(_ number: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    let most = 0xFFFF_FFFF
    var record: [UInt8] = []
    if !isShort(directory, byteCount) {
      record += signature64 + bytes(byteCount64 - 12, 8) + bytes(45, 2) + bytes(45, 2) + bytes(0, 4 + 4 + 8 + 8)
      record += bytes(byteCount, 8) + bytes(directory, 8)
      record += locatorSignature + bytes(0, 4) + bytes(directory + byteCount, 8) + bytes(1, 4)
    }
    record += signature + bytes(0, 2 + 2 + 2 + 2)
    return record + bytes(min(byteCount, most), 4) + bytes(min(directory, most), 4) + bytes(0, 2)
  }

  /// Whether an end record with 4-byte numbers can locate the directory.
  static func isShort(_ directory: Int, _ byteCount: Int) -> Bool {
    max(directory, byteCount) < 0xFFFF_FFFF
  }
}
