/// An EXIF block whose only entry is an orientation, written in any of the ways in which programs write it.
struct ExifBlock {
  var littleEndian = true
  /// TIFF's number of the values' type; 3 is SHORT.
  var type = 3
  var values: [Int]
  /// Bytes between the header and the directory.
  var gap = 0
  /// Whether the one value fills the entry's last four bytes, whatever its type.
  var isWide = false
  /// The entry's tag; another than 0x0112 is no orientation.
  var tag = 0x0112

  var bytes: [UInt8] {
    let width = [1: 1, 3: 2, 4: 4, 6: 1, 7: 1, 8: 2, 9: 4][type] ?? 2
    let field = isWide ? integer(values[0], bytes: 4) : values.flatMap { integer($0, bytes: width) }
    let directory = 8 + gap
    // Behind the number of entries, one entry and the place of the next directory.
    let elsewhere = directory + 2 + 12 + 4
    let inEntry = field.count > 4 ? integer(elsewhere, bytes: 4) : field + Array(repeating: 0, count: 4 - field.count)
    return (littleEndian ? [0x49, 0x49] : [0x4D, 0x4D]) + integer(42, bytes: 2) + integer(directory, bytes: 4)
      + Array(repeating: 0xAA, count: gap) + integer(1, bytes: 2) + integer(tag, bytes: 2) + integer(type, bytes: 2)
      + integer(values.count, bytes: 4) + inEntry + integer(0, bytes: 4) + (field.count > 4 ? field : [])
  }

  private func integer(_ value: Int, bytes: Int) -> [UInt8] {
    let little = (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    return littleEndian ? little : little.reversed()
  }
}
