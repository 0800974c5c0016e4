import Foundation
import GRDB
import Pipeline
import Testing

@Suite("Checking, copying and migrating a store")
struct StoreCareTests {
  let folder: TemporaryFolder
  let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.open(path: folder.database, mode: .write)
    try store.add(
      archive("a.tar", "1"),
      [
        done(0, [number("12", 9_000), number("7", 600, left: 90)]),
        MemberOutcome(ordinal: 1, name: "x.jpg", byteCount: 3, sha256: nil, offset: nil, state: .rejected(notAnImage)),
        MemberOutcome(ordinal: 2, name: "README", byteCount: 3, sha256: nil, offset: nil, state: .ignored(readme)),
      ])
  }

  @Test("A sound store adds up")
  func sound() throws {
    let found = try store.verify()
    #expect(found.faults == [])
    #expect((found.sources, found.sets, found.pending) == (1, 1, 0))
    #expect((found.members.done, found.members.rejected, found.members.ignored) == (1, 1, 1))
  }

  @Test(
    "What does not add up is found",
    arguments: [
      ("DELETE FROM members WHERE ordinal = 1", "seen that have no final state"),
      ("UPDATE members SET ordinal = 7 WHERE ordinal = 2", "seen that have no final state"),
      ("UPDATE members SET state = 'pending', reason = NULL, message = NULL WHERE ordinal = 1", "has no final state"),
      ("UPDATE members SET reason = NULL, message = NULL WHERE ordinal = 1", "without a reason"),
      ("UPDATE members SET state = 'ignored' WHERE ordinal = 0", "was not read"),
      ("UPDATE digits SET digit = 9 WHERE rank = 0 AND position = 0", "differs from its digits"),
      ("DELETE FROM digits WHERE rank = 0 AND position = 0", "differs from its digits"),
      ("DELETE FROM digits WHERE rank = 1", "differs from its digits"),
      ("DELETE FROM sources", "has no parent"),
      ("UPDATE members SET offset = 9223372036854775807 WHERE ordinal = 0", "out of range"),
      ("UPDATE members SET byte_count = 9223372036854775807 WHERE ordinal = 0", "out of range"),
      ("UPDATE sources SET byte_count = 9223372036854775807", "out of range"),
    ])
  func faults(sql: String, says: String) throws {
    try folder.damage("PRAGMA foreign_keys = OFF; " + sql)
    let faults = try store.verify().faults
    #expect(faults.contains { $0.contains(says) }, "\(faults)")
  }

  @Test("A page that was overwritten is found, by verify and by a run that checks all pages")
  func overwritten() throws {
    try store.close()
    var bytes = try Data(contentsOf: URL(fileURLWithPath: folder.database))
    bytes.replaceSubrange(8_192..<12_000, with: Data(repeating: 0x5A, count: 12_000 - 8_192))
    try bytes.write(to: URL(fileURLWithPath: folder.database))
    #expect {
      try Store.open(path: folder.database, mode: .write, check: .always)
    } throws: {
      StoreError.Code.damaged ~= $0
    }
    do {
      let reader = try Store.open(path: folder.database, mode: .read)
      #expect(try !reader.verify().faults.isEmpty)
    } catch {
      #expect(StoreError.Code.damaged ~= error)
    }
  }

  @Test(
    "A backup holds what the store held, while another run writes; an older backup gives way, another file does not")
  func backup() throws {
    let copy = folder.path + "/copy.sqlite"
    let reader = try Store.open(path: folder.database, mode: .read)
    try reader.backup(to: copy)
    let before = try store.found { $0.minimumConfidence = 0 }
    try folder.whileLocked { try reader.backup(to: copy) }
    let backup = try Store.open(path: copy, mode: .read)
    #expect(try backup.found { $0.minimumConfidence = 0 } == before)
    #expect(try backup.verify().faults == [])
    try backup.close()
    let text = folder.path + "/text"
    try Data("precious".utf8).write(to: URL(fileURLWithPath: text))
    #expect { try reader.backup(to: text) } throws: { StoreError.Code.notADatabase ~= $0 }
    #expect(try Data(contentsOf: URL(fileURLWithPath: text)) == Data("precious".utf8))
    #expect(throws: StoreError.self) { try reader.backup(to: folder.path + "/none/copy.sqlite") }
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: folder.database)
    for itself in [folder.database, folder.path + "/link"] {
      #expect { try reader.backup(to: itself) } throws: { StoreError.Code.cannotCreate ~= $0 }
    }
    #expect(try folder.files.allSatisfy { !$0.contains("partial") })
  }

  @Test("A backup is never one of the database's own files, nor put beside another database's log")
  func backupBesideLogs() throws {
    for end in ["-wal", "-shm", "-journal"] {
      #expect { try store.backup(to: folder.database + end) } throws: { StoreError.Code.cannotCreate ~= $0 }
    }
    let copy = folder.path + "/copy.sqlite"
    for end in ["-wal", "-journal"] {
      try Data([1]).write(to: URL(fileURLWithPath: copy + end))
      #expect { try store.backup(to: copy) } throws: { StoreError.Code.cannotCreate ~= $0 }
      try FileManager.default.removeItem(atPath: copy + end)
    }
    try store.backup(to: copy)
    #expect(try numbers(copy).count == 2)
  }

  /// A database as version 0.1.0 left it, with one of its schemas.
  private func makeVersion(_ version: Int) throws -> String {
    let path = folder.path + "/earlier.sqlite"
    let sql = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("schema-\(version).sql")
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      try db.execute(sql: String(decoding: try Data(contentsOf: sql), as: UTF8.self))
    }
    try queue.close()
    return path
  }

  private func numbers(_ path: String, _ mode: Store.Mode = .read) throws -> [FoundNumber] {
    let store = try Store.open(path: path, mode: mode)
    defer { try? store.close() }
    return try store.found { $0.minimumConfidence = 0 }
  }

  @Test("A database of version 1 is read as it is, and keeps all that it holds when it is brought up to date")
  func versionOne() throws {
    let path = try makeVersion(1)
    let before = try numbers(path)
    #expect(before.map(\.number.text) == ["19", "62", "308", "308", "308"])
    #expect(try numbers(path, .write) == before)
    let store = try Store.open(path: path, mode: .write)
    try store.startRun("test")
    #expect(try store.summary().members.done == 8)
    #expect(try store.verify().faults == [])
  }

  @Test("Migration keeps of the parameters what decides a picture's numbers", arguments: [1, 2, 3])
  func readingOfEarlierSets(version: Int) throws {
    let path = try makeVersion(version)
    try Store.open(path: path, mode: .write).close()
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    let rows = try queue.read { db in try Row.fetchAll(db, sql: "SELECT parameters, reading FROM result_sets") }
    #expect(!rows.isEmpty)
    for row in rows {
      let (parameters, reading): (String, String) = (row[0], row[1])
      let pairs = parameters.dropFirst().dropLast().split(separator: ",").filter {
        !$0.hasPrefix("\"max_")
      }
      #expect(reading == "{\(pairs.joined(separator: ","))}" && !pairs.isEmpty)
    }
  }

  /// The schema's version and, where it has one, the index of aliases.
  private func schema(_ path: String) throws -> [String] {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT 'version ' || user_version FROM pragma_user_version
          UNION ALL SELECT name FROM sqlite_schema WHERE name = 'members_by_alias'
          """)
    }
  }

  @Test("A database of an earlier version becomes one of this version, and answers as before", arguments: [1, 2, 3, 4])
  func migrated(from version: Int) throws {
    let path = try makeVersion(version)
    let schema = try schema(path)
    #expect(schema.first == "version \(version)")
    let before = try numbers(path)
    #expect(try !before.isEmpty && self.schema(path) == schema, "reading changes nothing")
    #expect(try numbers(path, .write) == before)
    #expect(try self.schema(path) == ["version \(Schema.version)", "members_by_alias"])
    let migrated = try Store.open(path: path, mode: .read)
    defer { try? migrated.close() }
    #expect(try migrated.verify().faults == [])
  }

  @Test("A backup that version 1 made gives way to later ones of the same database, and to no other's")
  func backupOfVersionOne() throws {
    let (path, copy) = (try makeVersion(1), folder.path + "/copy.sqlite")
    let before = try numbers(path)
    for mode in [Store.Mode.read, .read, .write, .write] {
      let one = try Store.open(path: path, mode: mode)
      try one.backup(to: copy)
      try one.close()
      #expect { try store.backup(to: copy) } throws: { StoreError.Code.cannotCreate ~= $0 }
      #expect(try numbers(copy) == before)
    }
    #expect(try schema(copy).first == "version \(Schema.version)")
  }
}
