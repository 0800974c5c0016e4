import Pipeline
import TestSupport
import Testing

/// What writers put behind a zip's members, and libarchive reads none of.
@Suite("Ends of zips")
struct ZipEndTests {
  let fixture: ArchiveFixture

  init() throws { fixture = try ArchiveFixture() }

  private static let zip = ZipFile(Array(ArchiveFixture.files.prefix(3)))

  private func isWhole(_ bytes: [UInt8]) throws -> Bool {
    let ending = try fixture.ingest(bytes)
    return ending.counts.done == 3 && ending.counts.total == 3 && ending.reason == nil
  }

  @Test("A zip64 locator may state any number of disks, 0 as Windows and OneDrive write it", arguments: [0, 1, 2])
  func disks(count: Int) throws {
    #expect(try isWhole(Self.zip.bytes { $0.zip64Disks = count }))
    #expect(try isWhole(Array("#!/bin/sh\nexit\n".utf8) + Self.zip.bytes { $0.zip64Disks = count }))
  }

  @Test("How many members there are in all is what the directory lists", arguments: [0, 2, 4, 1 << 40, -1])
  func total(count: Int) throws {
    #expect(
      try isWhole(
        Self.zip.bytes {
          $0.zip64Disks = 1
          $0.zip64Members = count
        }))
  }

  @Test("A signature may stand behind the directory, in its size or not", arguments: [true, false])
  func signature(isCounted: Bool) throws {
    #expect(
      try isWhole(
        Self.zip.bytes {
          $0.signature = [1, 2, 3, 4]
          $0.isSignatureCounted = isCounted
        }))
  }

  @Test("A comment may be as long as it can be", arguments: [1, 16_384, 65_535])
  func comment(count: Int) throws {
    #expect(try isWhole(Self.zip.bytes { $0.comment = [UInt8](repeating: 0x2E, count: count) }))
  }

  @Test("A disk's number doesn't hide members that are all in this file")
  func disk() throws {
    #expect(try isWhole(Self.zip.bytes { $0.disk = 1 }))
    #expect(try isWhole(Self.zip.bytes { $0.disk = 0xFFFF }))
  }

  @Test("A damaged tar is not taken for the zip that is its last member")
  func insideTar() throws {
    var tar = TarFile(Array(ArchiveFixture.files.prefix(2)))
    tar.add(Array("last.zip".utf8), Self.zip.bytes)
    var bytes = tar.bytes
    bytes[3] ^= 1
    #expect(try fixture.ingest(bytes).reason == "archive.not_an_archive")
  }
}
