import Foundation
import Pipeline
import Testing

/// When a store that is opened for writing has its pages checked: seen by whether a damaged one is found.
@Suite("Checking pages while a store is opened")
struct StorePageCheckTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let store = try Store.open(path: folder.database, mode: .write)
    try store.add(archive("a.tar", "1"), (0..<1_000).map { done($0, [number("12", 9_000)]) })
    try store.close()
  }

  /// Overwrites a page of what was read, which nothing needs that opens the database.
  private func damagePage() throws {
    var bytes = try Data(contentsOf: URL(fileURLWithPath: folder.database))
    let page = bytes.count / 4_096 * 3 / 4 * 4_096
    bytes.replaceSubrange(page..<page + 4_096, with: Data(repeating: 0x5A, count: 4_096))
    try bytes.write(to: URL(fileURLWithPath: folder.database))
  }

  private func isFoundDamaged(_ check: Store.PageCheck = .afterUncleanEnd) throws -> Bool {
    do {
      try Store.open(path: folder.database, mode: .write, check: check).close()
      return false
    } catch  where error.code == .damaged {
      return true
    }
  }

  /// A run that began and has not ended; a process of an earlier boot is gone.
  private func enterRun(mark: String, heardOf: String = "+0 hours") throws {
    try folder.damage(
      """
      INSERT INTO runs (command, host, process_id, process_mark, tool_version, started_at, heartbeat_at)
      VALUES ('ingest', 'here', 1, '\(mark)', '1', '2026-01-01T00:00:00.000Z',
        strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '\(heardOf)'))
      """)
  }

  @Test("After a clean end only who asks for it pays for a check")
  func clean() throws {
    try damagePage()
    #expect(try !isFoundDamaged())
    #expect(try isFoundDamaged(.always))
  }

  @Test("After a run that ended without a word all pages are checked, until they are found to be sound")
  func lostRun() throws {
    let sound = try Data(contentsOf: URL(fileURLWithPath: folder.database))
    try enterRun(mark: "another boot/1/1")
    try damagePage()
    #expect(try isFoundDamaged())
    #expect(try isFoundDamaged())
    try sound.write(to: URL(fileURLWithPath: folder.database))
    try enterRun(mark: "another boot/1/1")
    #expect(try !isFoundDamaged())
    try damagePage()
    #expect(try !isFoundDamaged())
  }

  @Test("A run whose process can't be looked at counts as lost when it was not heard of for an hour")
  func silentRun() throws {
    let mark = ProcessIdentity.current.mark.split(separator: "/")
    let elsewhere = "\(try #require(mark.first))/0/1"
    try enterRun(mark: elsewhere)
    try damagePage()
    #expect(try !isFoundDamaged())
    try enterRun(mark: elsewhere, heardOf: "-2 hours")
    #expect(try isFoundDamaged())
  }

  @Test("A log that nobody uses was left by who did not come to an end; that of a run which is alive was not")
  func log() throws {
    let writer = try Store.open(path: folder.database, mode: .write)
    try writer.add(archive("b.tar", "2"), [done(0, [])])
    let log = try Data(contentsOf: URL(fileURLWithPath: folder.database + "-wal"))
    try writer.close()
    #expect(try folder.files == ["numbers.sqlite"])
    try damagePage()
    let run = try Store.open(path: folder.database, mode: .write)
    try run.startRun("test")
    #expect(try !Data(contentsOf: URL(fileURLWithPath: folder.database + "-wal")).isEmpty)
    #expect(try !isFoundDamaged())
    try run.endRun(exitCode: 0)
    try run.close()
    try log.write(to: URL(fileURLWithPath: folder.database + "-wal"))
    #expect(try isFoundDamaged())
  }

  @Test("Who goes on reading is left a log without a word in it, by which nobody is taken for killed")
  func reader() throws {
    let reader = try Store.open(path: folder.database, mode: .read)
    let writer = try Store.open(path: folder.database, mode: .write)
    try writer.add(archive("b.tar", "2"), [done(0, [number("7", 9_000)])])
    try writer.close()
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.database + "-wal")).isEmpty)
    #expect(try reader.found().last?.number.text == "7")
    try reader.close()
  }

  @Test("A database of an earlier schema is checked after its migration")
  func migrated() throws {
    let sql = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("schema-3.sql")
    try FileManager.default.removeItem(atPath: folder.database)
    try folder.damage("PRAGMA foreign_keys = OFF; " + String(decoding: try Data(contentsOf: sql), as: UTF8.self))
    // Opening and migrating do not look at this.
    try folder.damage("UPDATE numbers SET confidence = 20000")
    #expect(try isFoundDamaged())
  }
}
