import Foundation
import Pipeline
import Synchronization
import TestSupport
import Testing

@Suite("Temporary files beside their destinations")
struct PartialFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ bytes: [UInt8], _ path: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

  @Test("What a process left is deleted at its age; what one uses is not, however old, nor what is something else")
  func leftovers() throws {
    let left = folder.path + "/" + PartialFile.prefix + UUID().uuidString
    for name in [left, left + ".lock", left + "-wal", folder.path + "/a.sqlite"] { try write([1], name) }
    do {
      let used = PartialFile(in: folder.path)
      for end in ["", "-journal"] { try write([1], used.path + end) }
      let all = try folder.files
      PartialFile.removeLeftovers(in: folder.path)
      #expect(try folder.files == all)
      PartialFile.removeLeftovers(in: folder.path, olderThan: 0)
      let name = used.path.dropFirst(folder.path.utf8.count + 1)
      #expect(try folder.files == [String(name), name + "-journal", name + ".lock", "a.sqlite"])
    }
    PartialFile.removeLeftovers(in: folder.path, olderThan: 0)
    #expect(try folder.files == ["a.sqlite"])
  }

  @Test("Where a lock can't be tried, as another user's, the file stays")
  func foreignLock() throws {
    let left = folder.path + "/" + PartialFile.prefix + UUID().uuidString
    try write([1], left)
    try FileManager.default.createDirectory(atPath: left + ".lock", withIntermediateDirectories: false)
    PartialFile.removeLeftovers(in: folder.path, olderThan: 0)
    #expect(FileManager.default.fileExists(atPath: left))
  }

  @Test("A file that was moved to its destination stays, and nothing beside it")
  func moved() throws {
    do {
      let file = PartialFile(in: folder.path)
      try write([1], file.path)
      try FileManager.default.moveItem(atPath: file.path, toPath: folder.path + "/b")
    }
    #expect(try folder.files == ["b"])
  }

  @Test("No other worker deletes a shard that is being written; the archive is hashed before there is one")
  func shard() throws {
    let (archive, shards) = (folder.path + "/a.tar", folder.path + "/shards")
    try write(TarFile([("1.png", Sevens.picture(1))]).bytes, archive)
    let hashing = Mutex<[String]>([])
    let reader = try Sevens.reader()
    func files() -> [String] { (try? FileManager.default.contentsOfDirectory(atPath: shards)) ?? [] }
    let writer = try ShardWriter(
      folder: shards, watch: { _ in hashing.withLock { $0 = files() } },
      ingest: { store in
        PartialFile.removeLeftovers(in: shards, olderThan: 0)
        return Ingest(store: store, reader: reader, method: method)
      })
    let result = try writer.write(path: archive)
    #expect(hashing.withLock { $0 } == [])
    #expect(result.isWhole && files() == [URL(fileURLWithPath: result.path).lastPathComponent])
  }
}
