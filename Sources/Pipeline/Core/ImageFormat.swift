/// The image formats that can be decoded.
package enum ImageFormat: String, Sendable, CaseIterable, CustomStringConvertible {
  /// Portable Network Graphics.
  case png
  /// JPEG, as written by JFIF, EXIF or Adobe.
  case jpeg

  /// The format with the given first bytes, of which four suffice; nil if there is none. File names are not considered.
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

  /// The name of the format.
  package var description: String {
    switch self {
    case .png: "PNG"
    case .jpeg: "JPEG"
    }
  }
}
