import DigitNet

extension Orientation {
  /// The orientation in an EXIF block: a TIFF header and its first directory, possibly after the `Exif\0\0` that
  /// precedes it in JPEG.
  ///
  /// Nil if there is none, if its value is not 1 to 8, or if the block is damaged: a picture is never rejected for its
  /// EXIF. The standard requires one SHORT, but programs also write other integer types or several values, of which the
  /// first counts. Costs at most one step per 12 bytes of the block.
  init?(exif block: ArraySlice<UInt8>) {
    guard let tiff = TIFFBytes(ExifHeader.removed(from: block)), tiff.integer(at: 2, byteCount: 2) == 42,
      let directory = tiff.integer(at: 4, byteCount: 4), let entries = tiff.integer(at: directory, byteCount: 2)
    else { return nil }
    for entry in 0..<entries {
      let start = directory + 2 + 12 * entry
      guard let tag = tiff.integer(at: start, byteCount: 2) else { return nil }
      guard tag == 0x0112, let orientation = Orientation(entryAt: start, in: tiff) else { continue }
      self = orientation
      return
    }
    return nil
  }

  private init?(entryAt start: Int, in tiff: TIFFBytes) {
    guard let type = tiff.integer(at: start + 2, byteCount: 2), let byteCount = TIFFBytes.integerTypes[type],
      let count = tiff.integer(at: start + 4, byteCount: 4)
    else { return nil }
    let field = start + 8
    // Values of more than four bytes are stored elsewhere, at the offset in the field.
    let isElsewhere = count * byteCount > 4
    guard let place = isElsewhere ? tiff.integer(at: field, byteCount: 4) : field,
      let value = tiff.integer(at: place, byteCount: byteCount)
    else { return nil }
    if let orientation = Orientation(rawValue: value) {
      self = orientation
    } else if !isElsewhere, let wide = tiff.integer(at: field, byteCount: 4),
      let orientation = Orientation(rawValue: wide)
    {
      // Some writers fill all four bytes, whatever the type; in big-endian order, the value is then at the field's end.
      self = orientation
    } else {
      return nil
    }
  }
}

/// The header before the TIFF header in JPEG's APP1 segment, and in copies of that segment.
enum ExifHeader {
  private static let byteCount = 6

  /// Whether the bytes begin with `Exif`, a zero and one more byte, which some writers do not set to zero.
  static func begins(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.count >= byteCount && bytes.starts(with: Array("Exif\0".utf8))
  }

  /// The bytes without the header, which may occur once or twice.
  static func removed(from bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = bytes
    for _ in 0..<2 where begins(rest) { rest = rest.dropFirst(byteCount) }
    return rest
  }
}

/// The integers of a TIFF block in its byte order.
private struct TIFFBytes {
  /// The size of each integer type: BYTE, SHORT, LONG, SBYTE, UNDEFINED, SSHORT, SLONG.
  static let integerTypes = [1: 1, 3: 2, 4: 4, 6: 1, 7: 1, 8: 2, 9: 4]
  let bytes: ArraySlice<UInt8>
  let order: ByteOrder

  init?(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    if bytes.starts(with: [0x49, 0x49]) {
      order = .little
    } else if bytes.starts(with: [0x4D, 0x4D]) {
      order = .big
    } else {
      return nil
    }
  }

  /// The unsigned integer of `byteCount` bytes, at most 4, at an offset in the block; nil if it extends beyond the
  /// block.
  func integer(at offset: Int, byteCount: Int) -> Int? { bytes.integer(at: offset, count: byteCount, order) }
}
