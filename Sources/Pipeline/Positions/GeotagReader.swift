public import Foundation
public import StreetCore
import StreetImages

/// Reads the position, heading and time of a photograph from its file's EXIF and XMP.
///
/// Whatever the bytes are, it comes to an end and to a value in range, or to none: a photograph is never refused for what it states.
/// docs/formats.md has the table of the tags and of which wins.
public struct GeotagReader: Sendable {
  /// The zone of times that have none; nil to leave them without.
  public var timeZone: TimeZone?

  /// A reader.
  public init(timeZone: TimeZone? = nil) { self.timeZone = timeZone }

  /// What EXIF and XMP in the bytes of a file state, each where it states anything; nothing for what is no PNG or JPEG.
  package func statements(in bytes: [UInt8]) -> [GeotagStatement] {
    let blocks = MetadataBlocks(bytes)
    let exif = Geotag(first: blocks.exif.lazy.compactMap { ExifBlock(tiff: $0) }.map { ExifGeotag($0).geotag })
    let xmp = Geotag(first: blocks.xmp.lazy.compactMap { XMPProperties($0) }.map { XMPGeotag($0).geotag })
    return [GeotagStatement(origin: .exif, geotag: exif), GeotagStatement(origin: .xmp, geotag: xmp)]
      .filter { !$0.geotag.isEmpty }.map { $0.zoned(timeZone) }
  }

  /// What precedence chooses of what the bytes of a file state; nil where they state nothing.
  public func geotag(of bytes: [UInt8]) -> Geotag? {
    let geotag = Geotag(choosingFrom: statements(in: bytes))
    return geotag.isEmpty ? nil : geotag
  }
}

extension GeotagStatement {
  /// The same with its time in a zone, where that has none.
  package func zoned(_ timeZone: TimeZone?) -> GeotagStatement {
    var zoned = self
    zoned.geotag.time = geotag.time?.zoned(timeZone)
    return zoned
  }
}

extension Geotag {
  /// Of several blocks of one kind the first that states a value counts.
  fileprivate init(first blocks: some Sequence<Geotag>) {
    self.init()
    for block in blocks {
      position = position ?? block.position
      heading = heading ?? block.heading
      time = time ?? block.time
      panorama = panorama ?? block.panorama
      focalLength = focalLength ?? block.focalLength
    }
  }
}
