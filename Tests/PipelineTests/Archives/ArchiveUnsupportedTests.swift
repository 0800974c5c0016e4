import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("Sound archives of kinds that are not read, and those that are")
struct ArchiveUnsupportedTests {
  let fixture: ArchiveFixture

  init() throws { fixture = try ArchiveFixture() }

  private static let tar = TarFile(ArchiveFixture.files).bytes

  @Test(
    "A tar is read whatever compresses it; zeros behind it are padding, other bytes are told",
    arguments: ["bzip2", "lz4"])
  func compressions(program: String) throws {
    guard let bytes = try fixture.compressed(Self.tar, program) else { return }
    for bytes in [bytes, bytes + [UInt8](repeating: 0, count: 100_000)] {
      let ending = try fixture.ingest(bytes)
      #expect(ending.counts.done == 10 && ending.reason == nil)
    }
    for count in [1, 5, 13, 14, 30, 100_000] {
      let ending = try fixture.ingest(bytes + [UInt8](repeating: 7, count: count))
      #expect(ending.counts.done == 10 && ending.reason == "archive.trailing_data")
    }
    let cut = try fixture.ingest(Array(bytes.dropLast(20)))
    #expect(cut.reason != nil && cut.reason != "archive.not_an_archive")
    #expect(try fixture.ingest(GzipFile.compress(bytes)).reason == "archive.too_many_filters")
  }

  @Test("zstd's largest windows are told as what they are")
  func largeWindow() throws {
    // A frame (RFC 8878, 3.1.1) without a size, a window of 2 to the power of its exponent and 10, and one raw block.
    func frame(exponent: UInt8) -> [UInt8] {
      [0x28, 0xB5, 0x2F, 0xFD, 0, exponent << 3] + littleEndian(Self.tar.count << 3 | 1, 3) + Self.tar
    }
    #expect(try fixture.ingest(frame(exponent: 17)).counts.done == 10)
    let ending = try fixture.ingest(frame(exponent: 21))
    #expect(ending.reason == "archive.unsupported" && ending.message?.contains("--long") == true)
  }

  @Test("Other archives are told by their names, and what to do with them")
  func kinds() throws {
    let kinds: [(start: [UInt8], word: String)] = [
      ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "7z"), (Array("Rar!\u{1A}\u{7}\u{1}".utf8), "RAR"),
      (Array("MSCF\0\0\0\0".utf8), "cabinet"), (Array("!<arch>\n".utf8), "ar archive"),
      (Array("070701".utf8), "cpio"), (Array("070707".utf8), "cpio"), ([0xC7, 0x71], "cpio"),
      (Array("LZIP".utf8), "lzip"), ([0x1F, 0x9D, 0x90], ".Z"), ([0x5D, 0, 0, 0x80, 0], "LZMA"),
      ([UInt8](repeating: 0, count: 32_769) + Array("CD001".utf8), "ISO"),
    ]
    for (start, word) in kinds {
      let ending = try fixture.ingest(start + [UInt8](repeating: 7, count: 2_000))
      #expect(ending.reason == "archive.unsupported" && ending.message?.contains(word) == true, "\(word)")
    }
    for inside in [ZipFile(ArchiveFixture.files).bytes, ArchiveFixture.picture(1), kinds[0].start] {
      #expect(try fixture.ingest(GzipFile.compress(inside)).reason == "archive.unsupported")
    }
  }

  @Test("So is a part of a split zip, by what it holds or by its name")
  func split() throws {
    let zip = ZipFile(ArchiveFixture.files)
    let first = Array("PK\u{7}\u{8}".utf8) + zip.undirected
    var last = ZipFile()
    last.hide("0.png", ArchiveFixture.picture(0))
    for file in ArchiveFixture.files { last.list(file.name, file.content, at: 7) }
    for bytes in [first, last.bytes { $0.disk = 1 }] {
      let ending = try fixture.ingest(bytes)
      #expect(ending.reason == "archive.unsupported" && ending.message?.contains("zip -s 0") == true)
    }
    for name in ["a.z02", "a.zip.002", "a.r00"] {
      #expect(try fixture.ingest([UInt8](repeating: 7, count: 2_000), as: name).reason == "archive.unsupported")
    }
    #expect(try fixture.ingest([UInt8](repeating: 7, count: 2_001)).reason == "archive.not_an_archive")
  }

  @Test("A zip's member that is encrypted, or compressed in a way that isn't read, is no damaged one")
  func members() throws {
    var zip = ZipFile()
    zip.add(Array("encrypted.png".utf8), ArchiveFixture.picture(0)) { $0.flags = 1 }
    for method in [6, 9, 96] { zip.add(Array("\(method).png".utf8), ArchiveFixture.picture(1)) { $0.method = method } }
    zip.add("sound.png", ArchiveFixture.picture(2))
    let ending = try fixture.ingest(zip.bytes)
    #expect(ending.byName.filter { $0.value == "archive.member_unsupported" }.count == 4)
    #expect(ending.byName["sound.png"] == "" && ending.reason == nil)
  }

  @Test("A zip's folder that holds bytes is rejected, since they may be a picture's")
  func folderWithBytes() throws {
    var zip = ZipFile()
    zip.add(Array("sound/".utf8), []) { $0.attributes = 16 }
    zip.add(Array("folder.png".utf8), ArchiveFixture.picture(0)) { $0.attributes = 16 }
    let ending = try fixture.ingest(zip.bytes)
    #expect(ending.byName == ["sound/": "member.not_a_file", "folder.png/": "archive.member_damaged"])
  }
}
