/// The orientation that a PNG's chunks state, before or after its pixels.
enum PNGMetadata {
  /// The maximum text read per picture, in bytes after decompression.
  private static let textLimit = 8 << 20

  /// The orientation; upright if none is stated. Chunks with a wrong checksum are ignored.
  static func orientation(in bytes: [UInt8]) -> Orientation {
    var metadata = ImageMetadata()
    var budget = textLimit
    for chunk in PNGChunks(bytes) {
      guard !metadata.isSettled else { break }
      switch chunk.type {
      case "eXIf", "exIf":
        metadata.take(.exif) { chunk.isSound ? Orientation(exif: chunk.data) : nil }
      case "orNT":
        metadata.take(.chunk) { chunk.isSound ? chunk.data.first.flatMap { Orientation(rawValue: Int($0)) } : nil }
      case "tEXt", "zTXt", "iTXt":
        guard let text = PNGText(chunk), let use = Use(keyword: text.keyword), chunk.isSound else { continue }
        let content = text.content(limit: budget)
        budget -= content.count
        use.take(content, into: &metadata)
      default: continue
      }
    }
    return metadata.orientation
  }

  /// The interpretation of a text.
  private enum Use {
    case exifProfile, xmpProfile, xmp

    /// Nil for a text that states no orientation.
    init?(keyword: String) {
      switch keyword.lowercased() {
      case "raw profile type exif", "raw profile type app1": self = .exifProfile
      case "raw profile type xmp": self = .xmpProfile
      case "xml:com.adobe.xmp": self = .xmp
      default: return nil
      }
    }

    func take(_ content: ArraySlice<UInt8>, into metadata: inout ImageMetadata) {
      switch self {
      case .xmp: metadata.take(.xmp) { Orientation(xmp: content) }
      case .xmpProfile: metadata.take(.xmp) { Orientation(xmp: RawProfile.bytes(of: content)[...]) }
      case .exifProfile:
        let profile = RawProfile.bytes(of: content)[...]
        metadata.take(app1: profile, exifAs: .rawProfile)
        metadata.take(.rawProfile) { Orientation(exif: profile) }
      }
    }
  }
}
