import Foundation
import GRDB
import Pipeline
import Testing

@Suite("Shards that are not merged")
struct MergeRefusalTests {
  let folder: TemporaryFolder
  let store: Store
  let shard: String

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.open(path: folder.database, mode: .write)
    try store.add(archive("own.tar", "9"), [done(0, [number("5", 9_000)])])
    shard = try folder.shard(
      "shard", archive("a.tar", "1"),
      [
        done(0, [number("12", 9_000), number("7", 600, left: 90)], sha256: digest("e")),
        MemberOutcome(ordinal: 1, name: "x.jpg", byteCount: 3, sha256: nil, offset: nil, state: .rejected(notAnImage)),
      ])
  }

  /// Merging fails with a code, names the shard, and changes nothing.
  private func expectRefusal(_ code: String, _ comment: Comment? = nil) throws {
    let before = try store.content()
    let error = #expect(throws: StoreError.self, comment) { try store.merge(Shard(path: shard)) }
    #expect(error?.code.rawValue == code, "\(comment ?? "") \(error?.message ?? "")")
    #expect(error?.path == shard && error?.message.contains(shard) == true, comment)
    #expect(try store.content() == before, comment)
    #expect(try store.verify().faults == [], comment)
  }

  @Test(
    "What is not the schema of this version is refused",
    arguments: [
      ("CREATE TABLE more (x)", "shard.foreign"), ("CREATE VIEW more AS SELECT 1", "shard.foreign"),
      ("CREATE TRIGGER more AFTER INSERT ON sources BEGIN DELETE FROM numbers; END", "shard.foreign"),
      ("CREATE INDEX more ON numbers (confidence)", "shard.foreign"),
      (
        "ALTER TABLE numbers RENAME TO kept; CREATE VIEW numbers AS SELECT * FROM kept", "shard.foreign"
      ),
      ("DROP INDEX numbers_by_text", "shard.foreign"), ("DROP TABLE digits", "shard.foreign"),
      ("PRAGMA user_version = 1000", "store.newer_schema"), ("PRAGMA user_version = 1", "store.older_schema"),
      ("PRAGMA application_id = 7", "store.not_a_database"),
    ])
  func schema(sql: String, code: String) throws {
    try folder.forge(shard, sql)
    try expectRefusal(code, "\(sql)")
  }

  @Test("A shard whose text is not UTF-8 is refused, which SQLite does not attach")
  func encoding() throws {
    let path = folder.path + "/wide.sqlite"
    let empty = try DatabaseQueue(path: path)
    try empty.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA encoding = 'UTF-16le'; CREATE TABLE first (x); DROP TABLE first")
    }
    try empty.close()
    let wide = try Store.open(path: path, mode: .write)
    try wide.add(archive("a.tar", "1"), [done(0, [number("12", 9_000)])])
    try wide.closeAsOneFile()
    #expect(refusal { try store.merge(Shard(path: path)) } == .foreignShard)
    #expect(refusal { try store.mergeDecisions(Shard(path: path)) } == .foreignShard)
  }

  @Test(
    "Values that streetnum does not write are refused",
    arguments: [
      "UPDATE numbers SET confidence = 10001", "UPDATE numbers SET confidence = -1", "UPDATE numbers SET text = '1x'",
      "UPDATE numbers SET text = '99' WHERE rank = 0", "UPDATE numbers SET text = text || 'x'",
      "UPDATE numbers SET text = '12 ' WHERE rank = 0", "UPDATE numbers SET text = '012' WHERE rank = 0",
      "UPDATE numbers SET text = ' 7' WHERE rank = 1", "UPDATE numbers SET text = '7.0' WHERE rank = 1",
      "UPDATE numbers SET text = '٧' WHERE rank = 1", "UPDATE numbers SET text = ''",
      "UPDATE numbers SET confidence = 9001 WHERE rank = 1", "UPDATE digits SET score = -1",
      "UPDATE digits SET box_left = -1 WHERE position = 0", "UPDATE digits SET box_height = -9 WHERE position = 1",
      "UPDATE numbers SET box_height = 9223372036854775807", "UPDATE digits SET box_width = 9223372036854775807",
      "UPDATE numbers SET box_left = 4 WHERE rank = 0",
      "UPDATE numbers SET box_width = 9223372036854775807", "UPDATE numbers SET rank = 5 WHERE rank = 1",
      "UPDATE numbers SET confidence = 10 WHERE rank = 0", "UPDATE digits SET score = 10001",
      "UPDATE digits SET digit = 9 WHERE position = 0", "DELETE FROM digits WHERE position = 0",
      "UPDATE numbers SET text = text || char(0)", "UPDATE digits SET position = 6 WHERE position = 1",
      "UPDATE digits SET digit = 12 WHERE position = 1", "UPDATE digits SET box_width = 0",
      "DELETE FROM digits WHERE rank = 1",
      "UPDATE digits SET rank = 9 WHERE rank = 0", "UPDATE digits SET result_set_id = 7",
      "INSERT INTO digits VALUES (1, 9, 9, 0, 1, 1, 1, 1, 1, 1)", "UPDATE numbers SET ordinal = 1",
      "UPDATE members SET width = 2000000 WHERE ordinal = 0", "UPDATE members SET width = 0 WHERE ordinal = 0",
      "UPDATE members SET ordinal = 7 WHERE ordinal = 1", "DELETE FROM members WHERE ordinal = 1",
      "UPDATE members SET reason = 'Robert; DROP' WHERE ordinal = 1",
      "UPDATE members SET message = '' WHERE ordinal = 1",
      "UPDATE members SET name = 'a' || char(0) || 'b'", "UPDATE members SET alias_of = 1",
      "UPDATE members SET state = 'unknown' WHERE ordinal = 1", "UPDATE members SET byte_count = -1",
      "UPDATE members SET byte_count = 9223372036854775807 WHERE ordinal = 0",
      "UPDATE members SET offset = 9223372036854775807 WHERE ordinal = 0",
      "UPDATE sources SET byte_count = 9223372036854775807",
      "UPDATE sources SET identity = 'sha256:' || \(quoted("2"))", "UPDATE sources SET name = ''",
      "UPDATE sources SET name = CAST(zeroblob(70000) AS TEXT)", "UPDATE sources SET created_at = 'yesterday'",
      "UPDATE sources SET (sha256, identity) = (replace(sha256, '1', 'A'), replace(identity, '1', 'A'))",
      "UPDATE source_paths SET path = 'relative'",
      "UPDATE source_paths SET source_id = 9", "UPDATE result_sets SET generation = 0",
      "UPDATE result_sets SET generation = 9223372036854775807", "UPDATE result_sets SET completed_at = 'now'",
      "UPDATE result_sets SET parameters = '{'", "UPDATE result_sets SET reading = '[]'",
      "UPDATE result_sets SET method = \(quoted("c"))", "UPDATE result_sets SET selection = 'x'",
      "UPDATE result_sets SET reading = '{}'", "UPDATE result_sets SET libraries = ''",
      "UPDATE result_sets SET fingerprint = 'x'", "UPDATE result_sets SET member_count = 7",
      "UPDATE result_sets SET rules = 0", "UPDATE result_sets SET reason = 'Oh No', message = 'x'",
      "UPDATE models SET metadata = 'none'", "UPDATE models SET metadata = '[1]'",
      "DELETE FROM models", "DELETE FROM sources",
    ])
  func values(sql: String) throws {
    try folder.forge(shard, sql)
    try expectRefusal("shard.damaged", "\(sql)")
  }

  private static func quoted(_ letter: Character) -> String { "'" + digest(letter) + "'" }

  @Test(
    "What is not complete is refused",
    arguments: [
      "UPDATE result_sets SET state = 'running', completed_at = NULL, member_count = NULL",
      "DELETE FROM result_sets", "UPDATE members SET state = 'pending' WHERE ordinal = 1",
      """
      INSERT INTO sources VALUES (9, 'sha256:x', 'archive', 'x', 1, 'n', '2026-01-01T00:00:00.000Z')
      """,
      """
      INSERT INTO runs (id, command, host, process_id, process_mark, tool_version, started_at, heartbeat_at)
      VALUES (1, 'ingest', 'h', 1, 'm', '1', 't', 't'); UPDATE result_sets SET run_id = 1
      """,
    ])
  func incomplete(sql: String) throws {
    try folder.forge(shard, sql)
    try expectRefusal("shard.incomplete", "\(sql)")
  }

  @Test("A shard beside which a log lies is refused", arguments: ["-wal", "-journal"])
  func log(suffix: String) throws {
    try Data([1]).write(to: URL(fileURLWithPath: shard + suffix))
    try expectRefusal("shard.incomplete")
  }

  @Test(
    "A folder and a stream are refused, which only the machine that read them can name",
    arguments: ["folder", "stream"])
  func kinds(kind: String) throws {
    try folder.forge(
      shard, "UPDATE sources SET kind = '\(kind)', sha256 = NULL, byte_count = NULL, identity = '\(kind):/x'")
    try expectRefusal("shard.not_an_archive")
  }

  @Test("A shard that says something else of a model or an archive than the database is refused")
  func contradictions() throws {
    try store.add(archive("a.tar", "1"), [done(0, [])])
    for sql in ["UPDATE models SET metadata = '{\"sequence\":\"9\"}'", "UPDATE sources SET byte_count = 11"] {
      try folder.forge(shard, sql)
      try expectRefusal("shard.contradiction", "\(sql)")
      try folder.forge(shard, "UPDATE models SET metadata = '{}'; UPDATE sources SET byte_count = 10")
    }
  }

  @Test("A page that is damaged is found, and so is a shard that was cut")
  func pages() throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: shard))
    for page in 1..<whole.count / 4096 {
      var damaged = whole
      for offset in page * 4096..<page * 4096 + 12 { damaged[offset] = 0xA5 }
      try damaged.write(to: URL(fileURLWithPath: shard))
      try expectRefusal("shard.damaged", "page \(page)")
    }
    for count in [whole.count - 4096, whole.count / 2, 4096] {
      try whole.prefix(count).write(to: URL(fileURLWithPath: shard))
      try expectRefusal("shard.damaged", "\(count) bytes")
    }
    for bytes in [Data(), Data("not a database, but a text".utf8)] {
      try bytes.write(to: URL(fileURLWithPath: shard))
      try expectRefusal("store.not_a_database")
    }
    try FileManager.default.removeItem(atPath: shard)
    try expectRefusal("store.missing")
  }
}
