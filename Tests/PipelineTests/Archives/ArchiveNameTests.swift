import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("Names of members")
struct ArchiveNameTests {
  let fixture: ArchiveFixture

  init() throws { fixture = try ArchiveFixture() }

  private static let utf8 = 0x800

  /// Info-ZIP's Unicode Path: version 1, the CRC-32 of the stored name, the name in UTF-8.
  private static func unicodePath(_ name: String, of stored: [UInt8]) -> [UInt8] {
    let content = [1] + littleEndian(Int(PNGEncoder.crc32(stored)), 4) + Array(name.utf8)
    return littleEndian(0x7075, 2) + littleEndian(content.count, 2) + content
  }

  /// A zip with names of many kinds, and what they are to come out as.
  private static var zip: (file: ZipFile, names: [String]) {
    var zip = ZipFile()
    var names: [String] = []
    func add(_ stored: [UInt8], as name: String, _ change: (inout ZipFile.Header) -> Void = { _ in }) {
      zip.add(stored, ArchiveFixture.picture(names.count), change)
      names.append(name)
    }
    for name in ["Hauptstraße/853.jpg", "門牌/27.jpg", "e\u{301}.png"] {
      add(Array(name.utf8), as: name) { $0.flags = utf8 }
    }
    add(Array("Straße.png".utf8), as: "Straße.png")
    // As it is in code page 437, beside what it is in Unicode; then beside what was another name's.
    let stored: [UInt8] = [0x53, 0xE1, 0x2E, 0x70, 0x6E, 0x67]
    add(stored, as: "Sß.png") { $0.extra = unicodePath("Sß.png", of: stored) }
    add(stored, as: "S%E1.png") { $0.extra = unicodePath("other.png", of: Array("x".utf8)) }
    // In Shift-JIS, whose letters may end in a backslash.
    add([0x95, 0x5C, 0x2E, 0x70, 0x6E, 0x67], as: "%95\\.png")
    add([0x53, 0xDF, 0x2E, 0x70, 0x6E, 0x67], as: "S%DF.png") { $0.flags = utf8 }
    add(Array("Straße\\1.png".utf8), as: "Straße/1.png") { $0.flags = utf8 }
    add(Array("street\\1.png".utf8), as: "street/1.png")
    add(Array("zero.png\0.txt".utf8), as: "zero.png%00.txt")
    add([], as: "(no name, member 11)")
    add([], as: "(no name, member 12)")
    return (zip, names)
  }

  @Test("A zip's are the same in every locale, with a directory and without", arguments: ["C", "C.UTF-8", "de_DE"])
  func zipNames(locale: String) throws {
    let (zip, names) = Self.zip
    for bytes in [zip.bytes, zip.undirected] {
      let ending = try inLocale(locale) { try fixture.ingest(bytes) }
      #expect(ending.byName.keys.sorted() == names.sorted())
      #expect(ending.counts.done == names.count)
    }
  }

  @Test("So are a tar's", arguments: ["C", "C.UTF-8", "de_DE"])
  func tarNames(locale: String) throws {
    var tar = TarFile()
    func pax(_ records: [(key: String, value: [UInt8])]) {
      var content: [UInt8] = []
      for (key, value) in records {
        let rest = Array(" \(key)=".utf8) + value + Array("\n".utf8)
        let count = rest.count + (rest.count + 2 > 99 ? 3 : 2)
        content += Array(String(count).utf8) + rest
      }
      tar.add(Array("pax".utf8), content, .extended)
    }
    let long = [UInt8](repeating: UInt8(ascii: "n"), count: 150) + Array(".png".utf8)
    pax([("path", Array("Hauptstraße/853.png".utf8))])
    tar.add(Array("short".utf8), ArchiveFixture.picture(0))
    pax([("hdrcharset", Array("BINARY".utf8)), ("path", [0x53, 0xDF, 0x2E, 0x70, 0x6E, 0x67])])
    tar.add(Array("short".utf8), ArchiveFixture.picture(1))
    tar.add([0x53, 0xE1, 0x2E, 0x70, 0x6E, 0x67], ArchiveFixture.picture(2))
    tar.add(Array("././@LongLink".utf8), long + [0], .longName)
    tar.add(Array(long.prefix(100)), ArchiveFixture.picture(3))
    pax([("path", Array("Kopie ß.png".utf8)), ("linkpath", Array("Hauptstraße/853.png".utf8))])
    tar.add(Array("short".utf8), [], .hardLink, link: "short")
    tar.add(Array("././@LongLink".utf8), long + [0], .longLink)
    tar.add(Array("copy.png".utf8), [], .hardLink, link: "n")
    let ending = try inLocale(locale) { try fixture.ingest(tar.bytes) }
    let names = [
      "Hauptstraße/853.png", "S%DF.png", "S%E1.png", String(decoding: long, as: UTF8.self), "Kopie ß.png", "copy.png",
    ]
    #expect(ending.byName.keys.sorted() == names.sorted())
    #expect(ending.counts.done == 6 && ending.counts.total == 6)
  }

  @Test("What is named like a picture and is none is rejected whatever letters its folder has")
  func folders() throws {
    var zip = ZipFile()
    zip.add(Array("Hauptstraße/empty.jpg".utf8), []) { $0.flags = Self.utf8 }
    zip.add(Array("Hauptstraße/notes.txt".utf8), [1]) { $0.flags = Self.utf8 }
    let ending = try fixture.ingest(zip.bytes)
    #expect(ending.byName["Hauptstraße/empty.jpg"] == "image.not_an_image")
    #expect(ending.byName["Hauptstraße/notes.txt"] == "member.not_a_picture")
  }

  @Test("What has no name is never taken for one that promises no picture")
  func unnamed() throws {
    var zip = ZipFile(Array(ArchiveFixture.files.prefix(1)))
    zip.add([], [1, 2, 3]) { _ in }
    var tar = TarFile(Array(ArchiveFixture.files.prefix(1)))
    tar.add([], [1, 2, 3])
    for bytes in [zip.bytes, tar.bytes] {
      #expect(try fixture.ingest(bytes).byName == ["0.png": "", "(no name, member 1)": "archive.member_unnamed"])
    }
  }

  @Test("A zip whose directory gives a member another name than it has itself is told")
  func misnamed() throws {
    var zip = ZipFile()
    zip.add(Array("1.png".utf8), ArchiveFixture.picture(1)) { $0.listedName = Array("2.png".utf8) }
    let ending = try fixture.ingest(zip.bytes)
    #expect(ending.reason == "archive.directory_mismatch" && ending.byName == ["1.png": ""])
    var slashed = ZipFile()
    slashed.add(Array("a/1.png".utf8), ArchiveFixture.picture(1)) { $0.listedName = Array("a\\1.png".utf8) }
    #expect(try fixture.ingest(slashed.bytes).reason == nil)
  }

  /// Runs `body` in a locale, or in the one that there is where the system has no such one.
  private func inLocale<Value>(_ name: String, _ body: () throws -> Value) throws -> Value {
    guard let locale = newlocale(1 << LC_CTYPE, name, nil) else { return try body() }
    let before = uselocale(locale)
    defer {
      uselocale(before)
      freelocale(locale)
    }
    return try body()
  }
}
