import DigitNet
import Pipeline
import TestSupport
import Testing

@Suite("Orientation, written in other ways") struct OrientationSpellingTests {
  private static let signature = Array("Exif\0\0".utf8)
  private static let xmpSignature = Array("http://ns.adobe.com/xap/1.0/\0".utf8)

  private func orientation(_ file: [UInt8]) throws -> Int { try ImageDecoder.header(of: file).orientation.rawValue }

  private func orientation(exif block: ExifBlock) throws -> Int {
    try orientation(OrientationTests.jpeg(exif: block.bytes))
  }

  private func png(_ chunks: [UInt8]) -> [UInt8] { OrientationTests.png(chunksBefore: chunks) }

  /// A profile as text, in lines of 72 digits.
  private static func rawProfile(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
    let digits = bytes.flatMap { byte -> [UInt8] in
      [byte >> 4, byte & 15].map { Array("0123456789abcdef".utf8)[Int($0)] }
    }
    let lines = stride(from: 0, to: digits.count, by: 72).flatMap { start -> [UInt8] in
      digits[start..<min(start + 72, digits.count)] + [10]
    }
    return Array("\n\(name)\n      \(bytes.count)\n".utf8) + lines
  }

  /// A text in each kind of chunk that can hold it.
  private static func textChunks(_ keyword: String, _ text: [UInt8]) -> [[UInt8]] {
    let key = Array(keyword.utf8) + [0]
    let language = Array("en\0keyword\0".utf8)
    return [
      PNGEncoder.chunk("tEXt", key + text), PNGEncoder.chunk("zTXt", key + [0] + PNGEncoder.zlib(text)),
      PNGEncoder.chunk("iTXt", key + [0, 0] + language + text),
      PNGEncoder.chunk("iTXt", key + [1, 0] + language + PNGEncoder.zlib(text)),
    ]
  }

  private static func packet(_ property: String) -> [UInt8] {
    Array(
      """
      <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
       xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\(property)</rdf:RDF></x:xmpmeta><?xpacket end="w"?>
      """.utf8)
  }

  private static func attribute(_ value: Int) -> [UInt8] {
    packet(
      "<rdf:Description rdf:about=\"\" xmlns:tiff=\"http://ns.adobe.com/tiff/1.0/\" tiff:Orientation=\"\(value)\"/>")
  }

  @Test(
    "EXIF's value may be of any integer type", arguments: [1, 3, 4, 6, 7, 8, 9], [true, false])
  func integerTypes(type: Int, littleEndian: Bool) throws {
    for value in 1...8 {
      #expect(try orientation(exif: ExifBlock(littleEndian: littleEndian, type: type, values: [value])) == value)
    }
    #expect(try orientation(exif: ExifBlock(littleEndian: littleEndian, type: type, values: [9])) == 1)
  }

  @Test("of several values the first counts, in the entry or elsewhere", arguments: [1, 3, 4], [true, false])
  func severalValues(type: Int, littleEndian: Bool) throws {
    for values in [[6, 3], [6, 1, 1], [6, 0, 0, 0, 0]] {
      #expect(try orientation(exif: ExifBlock(littleEndian: littleEndian, type: type, values: values)) == 6)
    }
  }

  @Test("a short value may fill four bytes", arguments: [1, 3], [true, false])
  func wideValue(type: Int, littleEndian: Bool) throws {
    #expect(
      try orientation(exif: ExifBlock(littleEndian: littleEndian, type: type, values: [8], isWide: true)) == 8)
  }

  @Test("the directory may lie anywhere in the block", arguments: [1, 2, 100, 60_000])
  func directoryElsewhere(gap: Int) throws {
    #expect(try orientation(exif: ExifBlock(values: [6], gap: gap)) == 6)
  }

  @Test("the signature in front of EXIF may be there twice, end in any byte, or stand in a PNG's chunk")
  func signatures() throws {
    let block = OrientationTests.exif(6)
    #expect(try orientation(OrientationTests.jpeg(app1: [Self.signature + Self.signature + block])) == 6)
    #expect(try orientation(OrientationTests.jpeg(app1: [Array("Exif\0".utf8) + [255] + block])) == 6)
    #expect(try orientation(png(PNGEncoder.chunk("eXIf", Self.signature + block))) == 6)
    #expect(try orientation(OrientationTests.png(chunksAfter: PNGEncoder.chunk("eXIf", Self.signature + block))) == 6)
  }

  @Test("EXIF may come behind XMP and behind EXIF that states no orientation")
  func laterSegment() throws {
    let other = Self.signature + ExifBlock(values: [6], tag: 0x0132).bytes
    let meaningless = Self.signature + OrientationTests.exif(0)
    let stated = Self.signature + OrientationTests.exif(6)
    let xmp = Self.xmpSignature + Self.attribute(3)
    for first in [other, meaningless, xmp, Self.signature, []] {
      #expect(try orientation(OrientationTests.jpeg(app1: [first, stated])) == 6)
    }
    let chunks = PNGEncoder.chunk("eXIf", OrientationTests.exif(0)) + PNGEncoder.chunk("eXIf", OrientationTests.exif(8))
    #expect(try orientation(png(chunks)) == 8)
  }

  @Test(
    "a PNG's raw profile of EXIF counts in each kind of text",
    arguments: ["Raw profile type exif", "Raw profile type APP1", "raw profile type EXIF"])
  func rawProfiles(keyword: String) throws {
    for block in [OrientationTests.exif(6), Self.signature + OrientationTests.exif(6, littleEndian: false)] {
      for chunk in Self.textChunks(keyword, Self.rawProfile("exif", block)) {
        #expect(try orientation(png(chunk)) == 6)
        #expect(try orientation(OrientationTests.png(chunksAfter: chunk)) == 6)
        var damaged = chunk
        damaged[damaged.count - 1] ^= 1
        #expect(try orientation(png(damaged)) == 1)
      }
    }
  }

  @Test("a raw profile may hold XMP")
  func rawProfileOfXMP() throws {
    let packet = Self.attribute(8)
    for chunk in Self.textChunks("Raw profile type xmp", Self.rawProfile("xmp", packet))
      + Self.textChunks("Raw profile type APP1", Self.rawProfile("app1", Self.xmpSignature + packet))
    {
      #expect(try orientation(png(chunk)) == 8)
    }
  }

  @Test("a raw profile that is cut or is none leaves the picture upright")
  func damagedRawProfiles() throws {
    let text = Self.rawProfile("exif", OrientationTests.exif(6))
    for length in stride(from: 0, to: 40, by: 3) {
      let chunks = Self.textChunks("Raw profile type exif", Array(text.prefix(length)))
      for chunk in chunks { #expect(try orientation(png(chunk)) == 1) }
    }
    let noStream = PNGEncoder.chunk("zTXt", Array("Raw profile type exif\0\0no zlib stream".utf8))
    #expect(try orientation(png(noStream)) == 1)
    #expect(try orientation(png(PNGEncoder.chunk("tEXt", Array("Raw profile type exif".utf8)))) == 1)
    #expect(try orientation(png(PNGEncoder.chunk("iTXt", Array("XML:com.adobe.xmp\0\0".utf8)))) == 1)
  }

  @Test("ImageMagick's chunk counts", arguments: 1...8)
  func imageMagickChunk(value: Int) throws {
    #expect(try orientation(png(PNGEncoder.chunk("orNT", [UInt8(value)]))) == value)
  }

  @Test(
    "XMP's property may be an attribute or an element, in any prefix of its namespace",
    arguments: [
      #"<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"/>"#,
      #"<rdf:Description tiff:Make="A" tiff:Orientation = '6' tiff:Model="B"/>"#,
      "<rdf:Description\n   tiff:Orientation=\"6\"/>",
      "<rdf:Description><tiff:Orientation>6</tiff:Orientation></rdf:Description>",
      "<rdf:Description><tiff:Orientation rdf:datatype=\"x\"> 6\n</tiff:Orientation></rdf:Description>",
      #"<rdf:Description xmlns:t="http://ns.adobe.com/tiff/1.0/" t:Orientation="6"/>"#,
      #"<rdf:Description xmlns:ns1='http://ns.adobe.com/tiff/1.0/'><ns1:Orientation>6</ns1:Orientation>"#,
      #"<rdf:Description crs:Orientation="3" tiff:Orientation="0" tiff:Orientation="6"/>"#,
    ])
  func xmp(property: String) throws {
    let packet = Self.packet(property)
    #expect(try orientation(OrientationTests.jpeg(app1: [Self.xmpSignature + packet])) == 6)
    for chunk in Self.textChunks("XML:com.adobe.xmp", packet) {
      #expect(try orientation(png(chunk)) == 6)
      #expect(try orientation(OrientationTests.png(chunksAfter: chunk)) == 6)
    }
    let wide = packet.flatMap { byte -> [UInt8] in [byte, 0] }
    #expect(try orientation(OrientationTests.jpeg(app1: [Self.xmpSignature + wide])) == 6)
  }

  @Test(
    "other properties and other values leave the picture upright",
    arguments: [
      #"crs:Orientation="6""#, #"tiff:Orientation="0""#, #"tiff:Orientation="9""#, #"tiff:Orientation="60""#,
      #"tiff:Orientation="""#, #"tiff:Orientation"#, #"tiff:Orientation="#, #"tiff:OrientationNote="6""#,
      "tiff:Orientation=6", "</tiff:Orientation>6", "<tiff:Orientation", "<tiff:Orientation>",
    ])
  func noXMP(property: String) throws {
    let packet = Self.packet("<rdf:Description " + property)
    let file = OrientationTests.jpeg(app1: [Self.xmpSignature + packet])
    #expect(try orientation(file) == 1)
    #expect(try orientation(OrientationTests.jpeg(app1: [Self.xmpSignature + Array(" \(property)".utf8)])) == 1)
  }

  @Test("EXIF counts before a raw profile, that before ImageMagick's chunk, and that before XMP, in any order")
  func precedence() throws {
    let exif = PNGEncoder.chunk("eXIf", OrientationTests.exif(3))
    let profile = Self.textChunks("Raw profile type exif", Self.rawProfile("exif", OrientationTests.exif(6)))[1]
    let chunk = PNGEncoder.chunk("orNT", [8])
    let xmp = Self.textChunks("XML:com.adobe.xmp", Self.attribute(2))[2]
    let ranked = [(exif, 3), (profile, 6), (chunk, 8), (xmp, 2)]
    for first in ranked.indices {
      let rest = ranked[first...].map(\.0)
      #expect(try orientation(png(rest.flatMap(\.self))) == ranked[first].1)
      #expect(try orientation(png(rest.reversed().flatMap(\.self))) == ranked[first].1)
    }
    let upright = PNGEncoder.chunk("eXIf", OrientationTests.exif(1))
    #expect(try orientation(png(xmp + profile + upright)) == 1)
    let jpeg = [Self.xmpSignature + Self.attribute(8), Self.signature + OrientationTests.exif(1)]
    #expect(try orientation(OrientationTests.jpeg(app1: jpeg)) == 1)
  }

  @Test("no more than 8 MiB of text is read for it")
  func boundsText() throws {
    func bomb(copies: Int) -> [UInt8] {
      var block = DeflateBlock()
      block.literal(UInt8(ascii: " "))
      for _ in 0..<copies { block.copy(distance: 1) }
      return PNGEncoder.chunk("zTXt", Array("Raw profile type exif\0\0".utf8) + [0x78, 0x01] + block.bytes)
    }
    let profile = Self.textChunks("Raw profile type exif", Self.rawProfile("exif", OrientationTests.exif(6)))[1]
    #expect(try orientation(png(bomb(copies: 1_000) + profile)) == 6)
    #expect(try orientation(png(bomb(copies: (8 << 20) / 258 + 1) + profile)) == 1)
    #expect(
      try orientation(png(bomb(copies: (8 << 20) / 258 + 1) + PNGEncoder.chunk("eXIf", OrientationTests.exif(6)))) == 6)
  }

  @Test("metadata that is damaged or cut never costs the picture")
  func damagedMetadata() throws {
    var random = SeededGenerator(seed: 3)
    let exif = Self.signature + ExifBlock(littleEndian: false, values: [6, 3, 8]).bytes
    let texts = [
      ("Raw profile type exif", Self.rawProfile("exif", exif)), ("XML:com.adobe.xmp", Self.attribute(6)),
    ]
    // A chunk is a length, a type, data and a checksum.
    let data = texts.flatMap { Self.textChunks($0.0, $0.1) }.map {
      (String(decoding: $0[4..<8], as: UTF8.self), $0[8...].dropLast(4))
    }
    for (type, sound) in data + [("eXIf", exif[...]), ("orNT", [6])] {
      for _ in 0..<200 {
        var changed = Array(sound.prefix(Int.random(in: 1...sound.count, using: &random)))
        for _ in 0...3 {
          changed[Int.random(in: changed.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        #expect(throws: Never.self) { try orientation(png(PNGEncoder.chunk(type, changed))) }
        let segment = (type == "eXIf" ? [] : Self.xmpSignature) + changed
        #expect(throws: Never.self) { try orientation(OrientationTests.jpeg(app1: [segment])) }
      }
    }
  }
}
