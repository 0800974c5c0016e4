/// The orientations that a picture's metadata state, by the place that states them.
///
/// A place counts where those of higher rank state none: EXIF, then a raw profile (the EXIF block as text in PNG), then
/// ImageMagick's `orNT` chunk, then XMP. Of several blocks of one rank the first that states an orientation counts.
struct ImageMetadata {
  /// Places that state an orientation, the highest rank first.
  enum Place: CaseIterable { case exif, rawProfile, chunk, xmp }

  private var stated: [Place: Orientation] = [:]

  /// How the picture is turned to stand upright.
  var orientation: Orientation { Place.allCases.lazy.compactMap { stated[$0] }.first ?? .upright }

  /// Whether nothing that is still to come can change the orientation.
  var isSettled: Bool { stated[.exif] != nil }

  /// Takes an orientation from a place where none of its rank or a higher one has stated one; only then is it read.
  mutating func take(_ place: Place, _ read: () -> Orientation?) {
    let isOutranked = Place.allCases.prefix { $0 != place }.contains { stated[$0] != nil }
    if !isOutranked, stated[place] == nil { stated[place] = read() }
  }

  /// Takes what a block in the form of JPEG's APP1 segment states: EXIF or XMP, each behind its signature.
  mutating func take(app1 block: ArraySlice<UInt8>, exifAs place: Place) {
    if ExifHeader.begins(block) {
      take(place) { Orientation(exif: block) }
    } else if block.starts(with: ImageMetadata.xmpSignature) {
      take(.xmp) { Orientation(xmp: block.dropFirst(ImageMetadata.xmpSignature.count)) }
    }
  }

  static let xmpSignature = Array("http://ns.adobe.com/xap/1.0/\0".utf8)
}
