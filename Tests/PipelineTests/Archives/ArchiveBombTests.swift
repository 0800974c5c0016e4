import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("Archives that unpack to far more than they hold")
struct ArchiveBombTests {
  let fixture: ArchiveFixture

  init() throws { fixture = try ArchiveFixture() }

  /// A tar whose first member is 1 GiB of zeros behind `start`, compressed in parts, each a whole stream of its own.
  private func bomb(_ name: String, start: [UInt8], _ program: String) throws -> [UInt8]? {
    let size = 1 << 30
    let part = [UInt8](repeating: 0, count: 1 << 24)
    var tar = TarFile()
    tar.add(Array(name.utf8), start + [UInt8](repeating: 0, count: 512 - start.count), claim: size + 512)
    guard let head = try fixture.compressed(tar.unended, program), let zeros = try fixture.compressed(part, program),
      let tail = try fixture.compressed(TarFile(ArchiveFixture.files).bytes, program)
    else { return nil }
    return head + Array(repeatElement(zeros, count: size / part.count).joined()) + tail
  }

  @Test(
    "1 GiB of zeros is held against the ratio, whether it is read as a picture or passed over",
    .timeLimit(.minutes(1)), arguments: ["gzip", "zstd", "xz", "bzip2", "lz4"], ["0.txt", "0.png"])
  func zeros(program: String, name: String) throws {
    guard let bytes = try bomb(name, start: name == "0.txt" ? [] : PNGEncoder.signature, program) else { return }
    let ending = try fixture.ingest(bytes)
    #expect(ending.reason == "archive.ratio")
    #expect(ending.counts.done == 0)
  }

  @Test("So it is when a run goes on behind it")
  func resumed() throws {
    guard let bytes = try bomb("0.txt", start: [], "gzip") else { return }
    let path = fixture.folder.path + "/bomb"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let source = try Source(path: path)
    let description = SourceDescription.file(
      .archive, sha256: try source.sha256(), name: source.name,
      at: SourcePath(path: source.path, byteCount: source.byteCount, modified: source.modified))
    let set = try fixture.store.begin(description, method: method)
    let first = MemberOutcome(
      ordinal: 0, name: "0.txt", byteCount: 512, sha256: nil, offset: 0, state: .ignored(readme))
    try fixture.store.commit([first], to: set)
    let ending = try fixture.ingest(path: path)
    #expect(ending.reason == "archive.ratio")
    #expect(ending.counts.ignored == 1 && ending.counts.total == 1)
  }

  @Test(
    "A zip of deflated zeros ends at the same member where a run goes on in it, by its directory or without",
    arguments: [true, false])
  func resumedZip(hasDirectory: Bool) throws {
    // The second of them comes to more than may be produced whatever the ratio.
    let zeros = PNGEncoder.signature + [UInt8](repeating: 0, count: 40 << 20)
    guard let packed = try fixture.compressed(zeros, "gzip", ["-n", "-1"]) else { return }
    var zip = ZipFile()
    for name in ["0.png", "1.png", "2.png"] { zip.add(name, gzipped: packed) }
    let bytes = hasDirectory ? zip.bytes : zip.undirected
    let whole = try fixture.ingest(bytes) { $0.sources.ratio = 10 }
    #expect(whole.reason == "archive.ratio" && whole.members.count == 1)

    // What a run leaves that is killed when the first of them is stored.
    try fixture.folder.damage(
      """
      UPDATE result_sets
      SET state = 'running', completed_at = NULL, member_count = NULL, reason = NULL, message = NULL
      """)
    let resumed = try fixture.ingest(bytes) { $0.sources.ratio = 10 }
    #expect(resumed.reason == "archive.ratio" && resumed.members.isEmpty)
    #expect(resumed.counts == whole.counts && resumed.counts.total == 1)
  }

  @Test("What it may produce is an option")
  func allowed() throws {
    guard let bytes = try bomb("0.txt", start: [], "gzip") else { return }
    let ending = try fixture.ingest(bytes) { $0.sources.ratio = 2_000 }
    #expect(ending.counts.done == 10 && ending.reason == nil)
  }
}
