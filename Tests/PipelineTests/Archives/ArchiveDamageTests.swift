import Pipeline
import TestSupport
import Testing

@Suite("Archives with random bytes changed")
struct ArchiveDamageTests {
  let fixture: ArchiveFixture

  init() throws { fixture = try ArchiveFixture() }

  static let formats = ["tar", "tar.gz", "tar.zst", "tar.xz", "tar.bz2", "tar.lz4", "zip"]

  private func archive(_ format: String) throws -> [UInt8]? {
    let tar = TarFile(ArchiveFixture.files).bytes
    switch format {
    case "tar": return tar
    case "tar.gz": return GzipFile.compress(tar)
    case "tar.zst": return try fixture.compressed(tar, "zstd", ["-q", "--check"])
    case "tar.xz": return try fixture.compressed(tar, "xz", ["-q"])
    case "tar.bz2": return try fixture.compressed(tar, "bzip2")
    case "tar.lz4": return try fixture.compressed(tar, "lz4", ["-q"])
    default: return ZipFile(ArchiveFixture.files).bytes
    }
  }

  @Test(
    "One byte, or one in a hundred: each member that is told of ends in one state, and none goes in silence",
    arguments: formats)
  func random(format: String) throws {
    guard let archive = try archive(format) else { return }
    for seed in 0..<120 {
      var random = SeededGenerator(seed: UInt64(seed))
      var changed = archive
      for _ in 0..<(seed % 2 == 0 ? 1 : archive.count / 100) {
        changed[Int.random(in: changed.indices, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
      }
      let ending = try fixture.ingest(changed)
      let counts = ending.counts
      #expect(ending.members.count == counts.total, "seed \(seed)")
      // A zip's directory has no checksum: what it says is a folder is ignored.
      let kept = format == "zip" ? counts.total : counts.done
      #expect(kept == 10 || counts.rejected > 0 || ending.reason != nil, "seed \(seed)")
    }
  }
}
