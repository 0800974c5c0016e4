import StreetCore

extension JPEGSegments {
  /// A copy of the file whose frame header states the number of rows, as libjpeg requires.
  ///
  /// A scanner that does not know the length of a page in advance writes 0 and puts the number after the first scan, in
  /// a DNL marker (ITU T.81, B.2.5). If the header states 0, this costs a pass over the first scan and a copy of the
  /// file.
  func withRowCount(_ bytes: [UInt8]) throws(ImageError) -> [UInt8] {
    guard let rowCountOffset, rowCountOffset + 2 <= bytes.count, let scanOffset,
      bytes[rowCountOffset] == 0, bytes[rowCountOffset + 1] == 0
    else { return bytes }
    guard let count = try JPEGSegments.rowCount(behind: scanOffset, in: bytes) else {
      throw .damaged(.jpeg, "its height is 0, and no DNL marker follows its first scan")
    }
    var stated = bytes
    stated.replaceSubrange(rowCountOffset..<rowCountOffset + 2, with: count)
    return stated
  }

  /// The two bytes of the DNL marker after the first scan; nil if another marker follows the scan.
  private static func rowCount(behind scanOffset: Int, in bytes: [UInt8]) throws(ImageError) -> ArraySlice<UInt8>? {
    var offset = scanOffset
    while offset + 1 < bytes.count {
      let (first, code) = (bytes[offset], bytes[offset + 1])
      // In a scan, a byte 255 is followed by 0; restart markers are part of the scan.
      guard first == 0xFF, code != 0, code != 0xFF, !(0xD0...0xD7).contains(code) else {
        offset += 1
        continue
      }
      guard code == 0xDC else { return nil }
      guard offset + 6 <= bytes.count else { break }
      return bytes[offset + 4..<offset + 6]
    }
    throw .truncated(.jpeg)
  }
}
