import StreetCore

/// The blocks of EXIF and XMP in a picture's file, in order; this type does not interpret them.
package struct MetadataBlocks: Sendable {
  /// The EXIF blocks, each from its TIFF header.
  package private(set) var exif: [ArraySlice<UInt8>] = []
  /// The XMP packets.
  package private(set) var xmp: [ArraySlice<UInt8>] = []

  /// The maximum number of blocks of each kind, and the maximum size of a block, against hostile files.
  package static let (maximumBlocks, maximumBytes) = (16, 1 << 20)

  /// Finds the blocks in a file; there are none in a file of an unsupported format. Costs one step per segment or
  /// chunk, and decompression.
  package init(_ bytes: [UInt8]) {
    switch ImageFormat(signature: bytes) {
    case .jpeg: for block in JPEGSegments.app1(in: bytes) { take(app1: block) }
    case .png: takeChunks(of: bytes)
    case nil: break
    }
  }

  private mutating func takeChunks(of bytes: [UInt8]) {
    for chunk in PNGChunks(bytes) {
      switch chunk.type {
      case "eXIf", "exIf": if chunk.isSound { take(exif: chunk.data) }
      case "tEXt", "zTXt", "iTXt":
        guard let text = PNGText(chunk), chunk.isSound else { continue }
        switch text.keyword.lowercased() {
        case "raw profile type exif", "raw profile type app1":
          let profile = RawProfile.bytes(of: text.content(limit: 3 * MetadataBlocks.maximumBytes))[...]
          if !take(app1: profile) { take(exif: profile) }
        case "raw profile type xmp":
          take(xmp: RawProfile.bytes(of: text.content(limit: 3 * MetadataBlocks.maximumBytes))[...])
        case "xml:com.adobe.xmp": take(xmp: text.content(limit: MetadataBlocks.maximumBytes + 1))
        default: continue
        }
      default: continue
      }
      if exif.count + xmp.count >= 2 * MetadataBlocks.maximumBlocks { return }
    }
  }

  /// Adds a block in the form of JPEG's APP1 segment, without its signature; returns false if there is no signature.
  @discardableResult
  private mutating func take(app1 block: ArraySlice<UInt8>) -> Bool {
    if ExifHeader.begins(block) {
      take(exif: block)
    } else if block.starts(with: ImageMetadata.xmpSignature) {
      take(xmp: block.dropFirst(ImageMetadata.xmpSignature.count))
    } else {
      return false
    }
    return true
  }

  private mutating func take(exif block: ArraySlice<UInt8>) {
    let tiff = ExifHeader.removed(from: block)
    if exif.count < MetadataBlocks.maximumBlocks, tiff.count <= MetadataBlocks.maximumBytes { exif.append(tiff) }
  }

  private mutating func take(xmp packet: ArraySlice<UInt8>) {
    if xmp.count < MetadataBlocks.maximumBlocks, packet.count <= MetadataBlocks.maximumBytes { xmp.append(packet) }
  }
}
