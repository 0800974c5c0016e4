/// The formats that are read.
package enum ImageFormat: String, Sendable, CaseIterable, CustomStringConvertible {
  /// Portable Network Graphics.
  case png
  /// JPEG, as JFIF, EXIF or Adobe write it.
  case jpeg

  /// The format that these first bytes announce, nil where it is another; four bytes are enough, and names
  /// have no say.
  package init?(signature: some Sequence<UInt8>) {
    let start = Array(signature.prefix(4))
    if start == [0x89, 0x50, 0x4E, 0x47] {
      self = .png
    } else if start.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else {
      return nil
    }
  }

  /// The format's usual name.
  package var description: String {
    switch self {
    case .png: "PNG"
    case .jpeg: "JPEG"
    }
  }
}
