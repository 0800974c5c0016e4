import Foundation
import TestSupport

/// A sound file that mutants are made of.
struct Original {
  let name: String
  let bytes: [UInt8]

  /// Pictures, archives of them, and what the tools on this machine make of these.
  static func all(in folder: URL) throws -> [Original] {
    let tar = Original(name: "a.tar", bytes: archive)
    try Data(tar.bytes).write(to: folder.appendingPathComponent(tar.name))
    for picture in pictures {
      let file = folder.appendingPathComponent(picture.name)
      try Data(picture.bytes).write(to: file)
      // The tools put the time into what they make, and a mutant has to be the same the next time.
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000)], ofItemAtPath: file.path)
    }
    let packed = [
      made("a.tar.gz", by: ["gzip", "-kn", "a.tar"], in: folder),
      made("a.tar.xz", by: ["xz", "-k", "a.tar"], in: folder),
      made("a.tar.zst", by: ["zstd", "-q", "a.tar"], in: folder),
      made("a.zip", by: ["zip", "-qX", "a.zip"] + pictures.map(\.name), in: folder),
    ]
    return pictures + [tar] + packed.compactMap { $0 }
  }

  /// What a tool makes, or nil where there is no such tool.
  private static func made(_ name: String, by command: [String], in folder: URL) -> Original? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "TZ": "UTC"]
    process.currentDirectoryURL = folder
    guard (try? process.run()) != nil else { return nil }
    process.waitUntilExit()
    return (try? Data(contentsOf: folder.appendingPathComponent(name))).map { Original(name: name, bytes: Array($0)) }
  }

  private static var archive: [UInt8] {
    var tar = TarFile()
    tar.add(Array("photos/".utf8), [], .folder)
    for picture in pictures { tar.add(Array("photos/\(picture.name)".utf8), picture.bytes) }
    tar.add(Array("photos/link.png".utf8), [], .symbolicLink, link: "rgb.png")
    tar.add(Array("photos/again.png".utf8), [], .hardLink, link: "photos/rgb.png")
    tar.add(Array("photos/empty.jpg".utf8))
    tar.add(Array("README.txt".utf8), Array("Photographs of houses.".utf8))
    return tar.bytes
  }

  private static let pictures: [Original] = {
    func png(_ name: String, _ type: PNGEncoder.ColourType, depth: Int, isInterlaced: Bool) -> Original {
      let (width, height) = (40, 24)
      let samples = (0..<width * height * type.channels).map { $0 * 7 % (1 << depth) }
      let palette = type == .palette ? (0..<3 << depth).map { UInt8(truncatingIfNeeded: 11 * $0) } : []
      return Original(
        name: name,
        bytes: PNGEncoder(
          width: width, height: height, colourType: type, depth: depth, isInterlaced: isInterlaced, samples: samples,
          palette: palette
        ).file)
    }
    return [
      png("rgb.png", .rgb, depth: 8, isInterlaced: false), png("palette.png", .palette, depth: 4, isInterlaced: true),
      png("alpha.png", .rgbAlpha, depth: 16, isInterlaced: false),
      Original(name: "baseline.jpg", bytes: JPEGFixture.colour.file),
      Original(name: "progressive.jpg", bytes: JPEGFixture.progressive.file),
      Original(name: "located.jpg", bytes: located),
    ]
  }()

  /// A JPEG with EXIF and XMP that state where and when it was taken.
  private static var located: [UInt8] {
    let blocks = [
      Array("Exif\0\0".utf8) + Array(Data(base64Encoded: exif, options: .ignoreUnknownCharacters) ?? Data()),
      Array("http://ns.adobe.com/xap/1.0/\0\(xmp)".utf8),
    ]
    let segments = blocks.flatMap { block -> [UInt8] in
      let count = block.count + 2
      return [0xFF, 0xE1, UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)] + block
    }
    let file = JPEGFixture.grey.file
    return file.prefix(2) + segments + file.dropFirst(2)
  }

  private static let exif = """
    TU0AKgAAAAgAAwESAAMAAAABAAYAAIdpAAQAAAABAAAAMoglAAQAAAABAAAAjwAAAAAAA5ADAAIAAAAUAAAAWJARAAIAAAAHAAAA
    bJJ8AAcAAAAcAAAAczIwMjY6MTE6MjYgMTA6MzA6MDAAKzAxOjAwAE9MWU1QAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAABgABAAIA
    AAACTgAAAAACAAUAAAADAAAA2QADAAIAAAACRQAAAAAEAAUAAAADAAAA8QAQAAIAAAACVAAAAAARAAUAAAABAAABCQAAADQAAAAB
    AAAABgAAAAEAAAAHAAAAZAAAAAQAAAABAAAAEgAAAAEAAAAAAAAAAQAAAFoAAAAB
    """

  private static let xmp = """
    <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
    <rdf:Description xmlns:GPano="http://ns.google.com/photos/1.0/panorama/" GPano:ProjectionType="equirectangular">
    <GPano:FullPanoWidthPixels>42</GPano:FullPanoWidthPixels></rdf:Description></rdf:RDF></x:xmpmeta>
    """
}
