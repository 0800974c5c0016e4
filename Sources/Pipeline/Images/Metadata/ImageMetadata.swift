/// The orientations that a picture's metadata state, by where they are stated.
///
/// The order of precedence is EXIF, raw profile (the EXIF block as text in PNG), ImageMagick's `orNT` chunk, XMP. Of
/// several blocks of one rank, the first that states an orientation counts.
struct ImageMetadata {
  /// Where an orientation may be stated, highest rank first.
  enum Place: CaseIterable { case exif, rawProfile, chunk, xmp }

  private var stated: [Place: Orientation] = [:]

  /// The rotation or reflection that turns the picture upright.
  var orientation: Orientation { Place.allCases.lazy.compactMap { stated[$0] }.first ?? .upright }

  /// Whether the orientation can no longer change.
  var isSettled: Bool { stated[.exif] != nil }

  /// Adds an orientation if none of the same or a higher rank is known; only then `read` is called.
  mutating func take(_ place: Place, _ read: () -> Orientation?) {
    let isOutranked = Place.allCases.prefix { $0 != place }.contains { stated[$0] != nil }
    if !isOutranked, stated[place] == nil { stated[place] = read() }
  }

  /// Adds the orientation in a block in the form of JPEG's APP1 segment: EXIF or XMP after its signature.
  mutating func take(app1 block: ArraySlice<UInt8>, exifAs place: Place) {
    if ExifHeader.begins(block) {
      take(place) { Orientation(exif: block) }
    } else if block.starts(with: ImageMetadata.xmpSignature) {
      take(.xmp) { Orientation(xmp: block.dropFirst(ImageMetadata.xmpSignature.count)) }
    }
  }

  static let xmpSignature = Array("http://ns.adobe.com/xap/1.0/\0".utf8)
}
