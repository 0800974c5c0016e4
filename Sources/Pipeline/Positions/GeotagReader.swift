public import Foundation
public import StreetCore
import StreetImages

/// Reads the position, heading and time of a photograph from the EXIF and XMP in its file.
///
/// For any bytes, the result is in range or nil, in bounded time: a photograph is never rejected for its metadata.
/// docs/formats.md lists the tags and their precedence.
public struct GeotagReader: Sendable {
  /// The zone of times that state none; nil to leave them without a zone.
  public var timeZone: TimeZone?

  /// A reader.
  public init(timeZone: TimeZone? = nil) { self.timeZone = timeZone }

  /// The statements of EXIF and XMP in a file, of each if it states anything; empty for a file that is neither PNG nor
  /// JPEG.
  package func statements(in bytes: [UInt8]) -> [GeotagStatement] {
    let blocks = MetadataBlocks(bytes)
    let exif = Geotag(first: blocks.exif.lazy.compactMap { ExifBlock(tiff: $0) }.map { ExifGeotag($0).geotag })
    let xmp = Geotag(first: blocks.xmp.lazy.compactMap { XMPProperties($0) }.map { XMPGeotag($0).geotag })
    return [GeotagStatement(origin: .exif, geotag: exif), GeotagStatement(origin: .xmp, geotag: xmp)]
      .filter { !$0.geotag.isEmpty }.map { $0.zoned(timeZone) }
  }

  /// The geotag that precedence chooses from a file's statements; nil if there are none.
  public func geotag(of bytes: [UInt8]) -> Geotag? {
    let geotag = Geotag(choosingFrom: statements(in: bytes))
    return geotag.isEmpty ? nil : geotag
  }
}

extension GeotagStatement {
  /// The statement with its time in a zone, if it has none.
  package func zoned(_ timeZone: TimeZone?) -> GeotagStatement {
    var zoned = self
    zoned.geotag.time = geotag.time?.zoned(timeZone)
    return zoned
  }
}

extension Geotag {
  /// Of several blocks of one kind, the first that states a value counts.
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
