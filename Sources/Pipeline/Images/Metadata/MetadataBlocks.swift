import StreetCore

/// The blocks of EXIF and XMP in a picture's file, in their order; what they say is for others to read.
package struct MetadataBlocks: Sendable {
  /// EXIF, each from its TIFF header.
  package private(set) var exif: [ArraySlice<UInt8>] = []
  /// XMP packets.
  package private(set) var xmp: [ArraySlice<UInt8>] = []

  /// Blocks of each kind, and bytes of one, at most: hostile files may be made of them.
  package static let (mostBlocks, mostBytes) = (16, 1 << 20)

  /// Looks for them in the bytes of a file; none in what is no picture that is read. Costs a step a segment or chunk, and
  /// inflating what is compressed.
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
          let profile = RawProfile.bytes(of: text.content(limit: 3 * MetadataBlocks.mostBytes))[...]
          if !take(app1: profile) { take(exif: profile) }
        case "raw profile type xmp":
          take(xmp: RawProfile.bytes(of: text.content(limit: 3 * MetadataBlocks.mostBytes))[...])
        case "xml:com.adobe.xmp": take(xmp: text.content(limit: MetadataBlocks.mostBytes + 1))
        default: continue
        }
      default: continue
      }
      if exif.count + xmp.count >= 2 * MetadataBlocks.mostBlocks { return }
    }
  }

  /// Takes a block in the form of JPEG's APP1 segment, behind its signature; false where it has none.
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
    if exif.count < MetadataBlocks.mostBlocks, tiff.count <= MetadataBlocks.mostBytes { exif.append(tiff) }
  }

  private mutating func take(xmp packet: ArraySlice<UInt8>) {
    if xmp.count < MetadataBlocks.mostBlocks, packet.count <= MetadataBlocks.mostBytes { xmp.append(packet) }
  }
}
