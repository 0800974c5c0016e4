/// Where a zip's directory lies, as its end says.
struct ZipDirectoryEnd {
  /// Where it is told in the file.
  let offset: Int
  /// Members, as it claims.
  let members: Int
  /// The directory's place in the file.
  let directory: Range<Int>
  /// Bytes in front of the zip, which its offsets don't count: a program that unpacks it, say.
  let prefix: Int
  /// Whether something other than zeros follows the end and its comment.
  let isFollowed: Bool

  private static let byteCount = 22
  private static let mostComment = 65_535
  private static let signature: [UInt8] = Array("PK\u{5}\u{6}".utf8)
  private static let signature64: [UInt8] = Array("PK\u{6}\u{6}".utf8)
  private static let locatorSignature: [UInt8] = Array("PK\u{6}\u{7}".utf8)
  private static let byteCount64 = 56
  private static let locatorByteCount = 20

  /// Looks for it in a file's last bytes; nil where it isn't there or makes no sense.
  init?(_ file: RandomAccessFile, size: Int) throws(FileError) {
    let start = max(0, size - Self.byteCount - Self.mostComment)
    let tail = try file.read(at: start, count: size - start)
    let found = tail.indices.dropLast(Self.byteCount - 1).last {
      tail[$0] == Self.signature[0] && tail[$0..<$0 + 4].elementsEqual(Self.signature)
        && $0 + Self.byteCount + tail.number(at: $0 + 20, 2) <= tail.count
    }
    guard let found else { return nil }
    offset = start + found
    isFollowed = tail[(found + Self.byteCount + tail.number(at: found + 20, 2))...].contains { $0 != 0 }
    let (byteCount, claimed, end): (Int, Int, Int)
    if let (place, record) = try Self.end64(file, before: offset) {
      members = record.number(at: 32, 8)
      (byteCount, claimed, end) = (record.number(at: 40, 8), record.number(at: 48, 8), place)
    } else {
      members = tail.number(at: found + 10, 2)
      (byteCount, claimed, end) = (tail.number(at: found + 12, 4), tail.number(at: found + 16, 4), offset)
    }
    guard byteCount >= 0, claimed >= 0, byteCount <= end, claimed <= end - byteCount else { return nil }
    directory = end - byteCount..<end
    prefix = directory.lowerBound - claimed
  }

  /// Zip64's own record of the end, where there is one: where its locator says, or right before that.
  private static func end64(
    _ file: RandomAccessFile, before end: Int
  ) throws(FileError) -> (offset: Int, bytes: [UInt8])? {
    let place = end - locatorByteCount
    guard place >= byteCount64 else { return nil }
    let locator = try file.read(at: place, count: locatorByteCount)
    guard locator.starts(with: locatorSignature) else { return nil }
    for offset in [locator.number(at: 8, 8), place - byteCount64] where (0...place - byteCount64).contains(offset) {
      let bytes = try file.read(at: offset, count: byteCount64)
      if bytes.starts(with: signature64) { return (offset, bytes) }
    }
    return nil
  }
}
