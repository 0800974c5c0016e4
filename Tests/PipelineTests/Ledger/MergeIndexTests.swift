import Foundation
import GRDB
import Pipeline
import Testing

/// What `quick_check` passes over: indexes that are not their tables', and rows out of the order of their keys.
@Suite("Indexes of shards")
struct MergeIndexTests {
  private let folder: TemporaryFolder
  private let seven = number("7", 9_000, left: 10, top: 20)

  init() throws { folder = try TemporaryFolder() }

  private func shard(_ name: String) throws -> String {
    let path = folder.path + "/" + name + ".sqlite"
    let store = try Store.open(path: path, mode: .write)
    let rejected = MemberOutcome(
      ordinal: 2, name: "x.jpg", byteCount: 3, sha256: nil, offset: nil, state: .rejected(notAnImage))
    try store.add(
      archive("a.tar", "1"),
      [
        done(0, [seven, number("12", 8_000, left: 100, top: 20)], sha256: digest("5")),
        done(1, [seven], sha256: digest("6")), rejected,
      ])
    _ = try store.decide(decision(.corrected("8"), digest("5"), seven, by: "ada"))
    try store.closeAsOneFile()
    return path
  }

  /// Takes all rows out of an index.
  private func empty(_ index: String, of path: String) throws {
    let sql = try DatabaseQueue(path: path).read { db in
      try String.fetchOne(db, sql: "SELECT sql FROM sqlite_schema WHERE name = ?", arguments: [index])
    }
    let whole = try #require(sql).replacing("'", with: "''")
    let none = whole + (whole.contains(" WHERE ") ? " AND 0" : " WHERE 0")
    try folder.forge(path, "UPDATE sqlite_schema SET sql = '\(none)' WHERE name = '\(index)'")
    try folder.forge(path, "REINDEX \(index)")
    try folder.forge(path, "UPDATE sqlite_schema SET sql = '\(whole)' WHERE name = '\(index)'")
  }

  @Test("A shard whose index lacks rows is refused, or comes to what it comes to with the index")
  func emptied() throws {
    let whole = try shard("whole")
    let colleague = folder.path + "/colleague.sqlite"
    let theirs = try Store.open(path: colleague, mode: .write)
    try theirs.add(archive("z.tar", "8"), [done(0, [seven], sha256: digest("6"))])
    _ = try theirs.decide(decision(.notANumber, digest("6"), seven, by: "bob"))
    try theirs.closeAsOneFile()
    let indexes = try DatabaseQueue(path: whole).read { db in
      try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")
    }
    #expect(indexes.contains("members_rejected") && indexes.contains("decisions_by_picture"))
    let expected = try rows(folder.merged([whole]))
    for index in indexes {
      let shard = folder.path + "/\(index).sqlite"
      try FileManager.default.copyItem(atPath: whole, toPath: shard)
      try empty(index, of: shard)
      let store = try Store.open(path: folder.path + "/into-\(index)", mode: .write)
      #expect(try store.mergeDecisions(Shard(path: colleague)) == 1)
      do {
        _ = try store.merge(Shard(path: shard))
        #expect(try rows(store.content()) == expected, "\(index)")
        #expect(try store.verify().faults == [], "\(index)")
        #expect(try store.reviewed() == ["8 corrected", "12 read"], "\(index)")
      } catch let error as StoreError {
        #expect(error.code == .damagedShard, "\(index): \(error.message)")
        #expect(try store.content() == [], "\(index)")
      }
    }
  }

  /// Rows but for the ledger of merged shards, which names their files.
  private func rows(_ content: [String]) -> [String] { content.filter { !$0.contains(".sqlite") } }

  @Test("A member that is not read is found without the index of such members")
  func pending() throws {
    let shard = try shard("shard")
    func replace(_ old: String, _ new: String) throws {
      try folder.forge(
        shard, "UPDATE sqlite_schema SET sql = replace(sql, '''\(old)''', '''\(new)''') WHERE name = 'members_pending'")
    }
    try replace("pending", "none")
    try folder.forge(
      shard,
      "INSERT INTO members (result_set_id, ordinal, name, byte_count, state) VALUES (1, 3, 'late.png', 1, 'pending')")
    try replace("none", "pending")
    let store = try Store.open(path: folder.database, mode: .write)
    #expect(refusal { try store.merge(Shard(path: shard)) } == .incompleteShard)
    #expect(try store.content() == [])
  }

  @Test(
    "Rows that are not in the order of their keys are refused",
    arguments: [
      ("members", " (result_set_id, ordinal"), ("numbers", " (result_set_id, ordinal, rank"),
      ("digits", " (result_set_id, ordinal, rank, position"), ("decisions", ""), ("models", ""),
    ])
  func order(table: String, columns: String) throws {
    let shard = try shard("shard")
    let more = try Store.open(path: shard, mode: .write)
    try more.add(archive("b.tar", "2"), [done(0, [seven])], method: later)
    _ = try more.decide(decision(.confirmed, digest("6"), seven, by: "ada"))
    try more.closeAsOneFile()
    let (rising, end) = ("PRIMARY KEY\(columns)", columns.isEmpty ? " CHECK" : ")")
    let falling = rising + " DESC"
    func rename(_ old: String, _ new: String) -> String {
      "UPDATE sqlite_schema SET sql = replace(sql, '\(old)', '\(new)') WHERE name = '\(table)'"
    }
    // Sorted the other way round, under the schema that promises this one.
    try folder.forge(shard, "CREATE TABLE kept AS SELECT * FROM \(table); DELETE FROM \(table)")
    try folder.forge(shard, rename(rising + end, falling + end))
    try folder.forge(shard, "INSERT INTO \(table) SELECT * FROM kept; DROP TABLE kept")
    try folder.forge(shard, rename(falling, rising))
    let store = try Store.open(path: folder.database, mode: .write)
    #expect(refusal { try store.merge(Shard(path: shard)) } == .damagedShard)
    #expect(try store.content() == [])
  }
}
