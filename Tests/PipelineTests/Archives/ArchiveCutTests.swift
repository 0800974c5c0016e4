import Pipeline
import TestSupport
import Testing

@Suite("Archives that are cut")
struct ArchiveCutTests {
  let fixture: ArchiveFixture

  init() throws { fixture = try ArchiveFixture() }

  /// What a picture takes in a tar.
  private static let inTar = 512 + (ArchiveFixture.picture(0).count + 511) / 512 * 512

  /// Ingests the archive cut at each 512 bytes.
  private func cut(_ bytes: [UInt8], _ check: (Int, ArchiveFixture.Ending) -> Void) throws {
    for length in stride(from: 0, to: bytes.count, by: 512) {
      check(length, try fixture.ingest(Array(bytes[..<length])))
    }
    let whole = try fixture.ingest(bytes)
    #expect(whole.counts.done == 10 && whole.counts.total == 10 && whole.reason == nil)
  }

  @Test("A tar is told to be cut wherever it is, and keeps the members in front of the cut")
  func tar() throws {
    let tar = TarFile(ArchiveFixture.files)
    try cut(tar.bytes) { length, ending in
      #expect(ending.counts.done == min(10, length / Self.inTar), "cut at \(length)")
      switch length {
      case 0: #expect(ending.reason == "archive.empty")
      // The first record of the end marker is enough: nothing is missing.
      case tar.unended.count + 512: #expect(ending.reason == nil)
      case _ where length % Self.inTar == 0: #expect(ending.reason == "archive.no_end_marker", "cut at \(length)")
      default: #expect(ending.reason == "archive.truncated", "cut at \(length)")
      }
    }
  }

  @Test("A tar.gz, too")
  func gzip() throws {
    try cut(GzipFile.compress(TarFile(ArchiveFixture.files).bytes)) { length, ending in
      #expect(ending.counts.done == min(10, max(0, length - GzipFile.overhead) / Self.inTar), "cut at \(length)")
      #expect(ending.reason == (length == 0 ? "archive.empty" : "archive.truncated"), "cut at \(length)")
    }
  }

  @Test("A zip, too: its members can be read without the directory, and what misses it is told")
  func zip() throws {
    let zip = ZipFile(ArchiveFixture.files)
    let size = zip.undirected.count / 10
    try cut(zip.bytes) { length, ending in
      #expect(ending.counts.done == min(10, length / size), "cut at \(length)")
      switch length {
      case 0: #expect(ending.reason == "archive.empty")
      case _ where length < zip.undirected.count + 4:
        #expect(ending.reason == "archive.truncated", "cut at \(length)")
      default: #expect(ending.reason == "archive.no_directory", "cut at \(length)")
      }
    }
  }
}
