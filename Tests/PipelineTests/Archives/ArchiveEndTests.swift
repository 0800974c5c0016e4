import Foundation
import Pipeline
import TestSupport
import Testing

/// What libarchive says nothing of: where an archive really ends, what follows, and what a directory leaves out.
@Suite("Ends of archives")
struct ArchiveEndTests {
  let fixture: ArchiveFixture

  init() throws { fixture = try ArchiveFixture() }

  private static let files = Array(ArchiveFixture.files.prefix(3))
  private static let others = Array(ArchiveFixture.files.suffix(2))

  @Test("Tars that follow each other are read as one", arguments: [0, 1, 700, 20_000])
  func concatenated(padding: Int) throws {
    // Padding to whole records, as tar writes it.
    let zeros = [UInt8](repeating: 0, count: padding / 512 * 512)
    let both = TarFile(Self.files).bytes + zeros + TarFile(Self.others).bytes
    for bytes in [both, GzipFile.compress(both)] {
      let ending = try fixture.ingest(bytes)
      #expect(ending.counts.done == 5 && ending.counts.total == 5 && ending.reason == nil)
    }
  }

  @Test("So are gzip's members, and zeros behind them are padding")
  func gzipMembers() throws {
    let tar = TarFile(Self.files).bytes
    let parts = GzipFile.compress(Array(tar[..<700])) + GzipFile.compress(Array(tar[700...]))
    for bytes in [parts, parts + [0, 0, 0], parts + GzipFile.compress([])] {
      let ending = try fixture.ingest(bytes)
      #expect(ending.counts.done == 3 && ending.reason == nil)
    }
  }

  @Test("Names of any length in front of a buffer's end don't hide the tar behind it", arguments: 0..<6)
  func bufferEnds(step: Int) throws {
    // The first tar ends around 256 KiB, its members' headers on both sides of it.
    var tar = TarFile([("0.txt", [UInt8](repeating: 1, count: (1 << 18) - 512 * (step + 1)))])
    tar.add(Array("1.png".utf8), ArchiveFixture.picture(1))
    let ending = try fixture.ingest(tar.bytes + TarFile(Self.others).bytes)
    #expect(ending.counts.done == 3 && ending.counts.ignored == 1 && ending.reason == nil)
  }

  @Test("Megabytes of zeros, in which members may have been, are told; what comes behind them is read")
  func hole() throws {
    let zeros = [UInt8](repeating: 0, count: 2 << 20)
    let (tar, other) = (TarFile(Self.files).bytes, TarFile(Self.others).bytes)
    for bytes in [zeros + tar, TarFile(Self.files).unended + zeros + other, tar + zeros + other] {
      for bytes in [bytes, GzipFile.compress(bytes)] {
        let ending = try fixture.ingest(bytes)
        #expect(ending.counts.done == ending.counts.total && ending.counts.total >= 3)
        #expect(ending.reason == "archive.damaged" && ending.message?.contains("2 MiB of zeros") == true)
      }
    }
    #expect(try fixture.ingest(tar + zeros).reason == nil)
  }

  @Test("What follows the end and is no tar is told", arguments: [1, 511, 512, 5_000])
  func trailing(count: Int) throws {
    let tar = TarFile(Self.files).bytes
    let rest = [UInt8](repeating: 7, count: count)
    for bytes in [tar + rest, tar + [UInt8](repeating: 0, count: 300_000) + rest, GzipFile.compress(tar) + rest] {
      let ending = try fixture.ingest(bytes)
      #expect(ending.counts.done == 3 && ending.reason == "archive.trailing_data")
    }
    let zip = ZipFile(Self.files).bytes
    #expect(try fixture.ingest(zip + rest).reason == "archive.trailing_data")
    #expect(try fixture.ingest(zip + [UInt8](repeating: 0, count: count)).reason == nil)
  }

  @Test("A wrong CRC-32 or length of gzip is told, and what came out is kept", arguments: [8, 4])
  func checksum(fromEnd: Int) throws {
    var bytes = GzipFile.compress(TarFile(Self.files).bytes)
    bytes[bytes.count - fromEnd] ^= 1
    let ending = try fixture.ingest(bytes)
    #expect(ending.counts.done == 3 && ending.reason == "archive.checksum")
  }

  @Test("Names that are there twice or lead out of the archive are names, links lead nowhere, and nothing is unpacked")
  func names() throws {
    var tar = TarFile([Self.files[0]])
    tar.add(Array("0.png".utf8), ArchiveFixture.picture(1))
    tar.add(Array("../../up.png".utf8), ArchiveFixture.picture(2))
    tar.add(Array("/tmp/up.png".utf8), ArchiveFixture.picture(3))
    tar.add(Array("passwd.png".utf8), [], .symbolicLink, link: "/etc/passwd")
    let ending = try fixture.ingest(tar.bytes)
    #expect(ending.counts.done == 4 && ending.counts.total == 5 && ending.reason == nil)
    #expect(ending.members.contains("member.not_a_file"))
    #expect(try fixture.folder.files.allSatisfy { $0 == "archive" || $0.hasPrefix("numbers.sqlite") })
  }

  /// libarchive takes such a content for one in pax alone, where the standard has it.
  @Test("A hard link with a content of its own is a member of its own; one without is an alias")
  func hardLinks() throws {
    var tar = TarFile([Self.files[0]])
    tar.add(Array("same.png".utf8), [], .hardLink, link: Self.files[0].name)
    tar.add(Array("pax".utf8), Array("16 comment=none\n".utf8), .extended)
    tar.add(Array("own.png".utf8), ArchiveFixture.picture(7), .hardLink, link: Self.files[0].name)
    let ending = try fixture.ingest(tar.bytes)
    #expect(ending.counts.done == 3 && ending.counts.total == 3)
  }

  @Test("A header's size is a claim: 1 PiB that isn't there costs nothing", .timeLimit(.minutes(1)))
  func claim() throws {
    for name in ["0.png", "0.txt"] {
      var tar = TarFile(Self.files)
      tar.add(Array(name.utf8), ArchiveFixture.picture(9), claim: 1 << 50)
      let ending = try fixture.ingest(tar.bytes)
      #expect(ending.counts.done == 3 && ending.reason == "archive.truncated")
    }
  }

  @Test("Neither zeros behind a damaged header nor something between two tars hides what comes later")
  func damagedSequel() throws {
    var tar = TarFile(Self.files)
    let damaged = tar.unended.count
    tar.add(Array("z.bin".utf8), [UInt8](repeating: 7, count: 600) + [UInt8](repeating: 0, count: 2_000) + [7])
    for file in Self.others { tar.add(Array(file.name.utf8), file.content) }
    var zeros = tar.bytes
    zeros[damaged + 3] ^= 1
    let between = TarFile(Self.files).bytes + [UInt8](repeating: 7, count: 5_120) + TarFile(Self.others).bytes
    for bytes in [zeros, between] {
      let ending = try fixture.ingest(bytes)
      #expect(ending.counts.done == 5 && ending.counts.rejected == 1 && ending.reason == nil)
    }
  }

  @Test("Behind a damaged header, the next one is looked for in 32 MiB, no further", arguments: [31, 33])
  func damagedHeader(mebibytes: Int) throws {
    var tar = TarFile(Self.files).unended
    tar += [UInt8](repeating: 7, count: mebibytes << 20) + TarFile(Self.others).bytes
    let ending = try fixture.ingest(tar)
    #expect(ending.counts.done == (mebibytes < 32 ? 5 : 3))
    #expect(ending.counts.rejected == (mebibytes < 32 ? 1 : 0))
    #expect(ending.reason == (mebibytes < 32 ? nil : "archive.damaged"))
  }

  @Test("A zip whose directory lists other members than it holds is told")
  func directory() throws {
    let file = Self.files[0].content
    let whole = ZipFile(Self.files)
    var hiding = whole
    hiding.hide("hidden.png", ArchiveFixture.picture(8))
    var between = ZipFile()
    between.hide("hidden.png", ArchiveFixture.picture(8))
    between.add("0.png", file)
    between.hide("hidden.png", ArchiveFixture.picture(9))
    between.add("1.png", file)
    for (zip, done) in [(hiding.bytes, 3), (between.bytes, 2), (whole.bytes + ZipFile(Self.others).bytes, 2)] {
      let ending = try fixture.ingest(zip)
      #expect(ending.counts.done == done && ending.reason == "archive.directory_mismatch")
    }
    var twice = whole
    for index in 0..<50 { twice.list("again\(index).png", file, at: 0) }
    #expect(try fixture.ingest(twice.bytes).reason == "archive.directory_mismatch")

    let streamed = try fixture.ingest(whole.undirected)
    #expect(streamed.counts.done == 3 && streamed.reason == "archive.truncated")
    let program = try fixture.ingest(Array("#!/bin/sh\nexit\n".utf8) + whole.bytes)
    #expect(program.counts.done == 3 && program.reason == nil)
  }

  @Test("A zip of too many members is refused before they are listed")
  func tooMany() throws {
    let many = ZipFile((0..<2_001).map { ("\($0).png", []) })
    let ending = try fixture.ingest(many.bytes) { $0.sources.members = 2_000 }
    #expect(ending.counts.total == 0 && ending.reason == "archive.too_many_members")
    let zip = ZipFile((0..<2_000).map { ("\($0).png", []) })
    let enough = try fixture.ingest(zip.bytes) { $0.sources.members = 2_000 }
    #expect(enough.counts.rejected == 2_000 && enough.reason == nil)
  }
}
