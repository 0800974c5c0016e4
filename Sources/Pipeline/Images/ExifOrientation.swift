extension Orientation {
  /// The orientation in an EXIF block (a TIFF header and its first directory), nil where there is none, where
  /// its value is not 1 to 8, or where the block is damaged: a picture is never refused for its EXIF.
  init?(exif: ArraySlice<UInt8>) {
    let tiff = TIFFBytes(exif)
    guard let tiff, tiff.short(at: 2) == 42, let directory = tiff.long(at: 4),
      let entries = tiff.short(at: directory)
    else { return nil }
    for entry in 0..<entries {
      let start = directory + 2 + 12 * entry
      guard let tag = tiff.short(at: start) else { return nil }
      guard tag == 0x0112 else { continue }
      guard tiff.short(at: start + 2) == TIFFBytes.shortType, tiff.long(at: start + 4) == 1,
        let value = tiff.short(at: start + 8)
      else { return nil }
      self.init(rawValue: value)
      return
    }
    return nil
  }
}

/// Bounds-checked integers of a TIFF block in its own byte order; offsets count from its start.
private struct TIFFBytes {
  static let shortType = 3
  let bytes: ArraySlice<UInt8>
  let isLittleEndian: Bool

  init?(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    if bytes.starts(with: [0x49, 0x49]) {
      isLittleEndian = true
    } else if bytes.starts(with: [0x4D, 0x4D]) {
      isLittleEndian = false
    } else {
      return nil
    }
  }

  func short(at offset: Int) -> Int? { integer(at: offset, count: 2) }

  func long(at offset: Int) -> Int? { integer(at: offset, count: 4) }

  private func integer(at offset: Int, count: Int) -> Int? {
    guard offset + count <= bytes.count else { return nil }
    let field = bytes.dropFirst(offset).prefix(count)
    return isLittleEndian
      ? field.reversed().reduce(0) { $0 << 8 | Int($1) }
      : field.reduce(0) { $0 << 8 | Int($1) }
  }
}
