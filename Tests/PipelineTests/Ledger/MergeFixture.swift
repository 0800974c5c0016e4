import Foundation
import GRDB
import Pipeline

/// Another method than `method`, of a later model.
let later = ReadingMethod(
  modelID: digest("b"), modelName: "second", modelMetadata: #"{"sequence":"2"}"#, parameters: #"{"min":500}"#,
  toolVersion: "1.0")

extension TemporaryFolder {
  /// Makes a shard of one source and returns its path.
  func shard(
    _ name: String, _ source: SourceDescription, _ outcomes: [MemberOutcome], method: ReadingMethod = method,
    complete: Bool = true
  ) throws -> String {
    let path = path + "/" + name + ".sqlite"
    let store = try Store.open(path: path, mode: .write)
    try store.add(source, outcomes, method: method, complete: complete)
    try store.closeAsOneFile()
    return path
  }

  /// Changes a shard behind the program's back.
  func forge(_ path: String, _ sql: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { db in
      try db.execute(
        sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; PRAGMA writable_schema = ON")
      try db.execute(sql: sql)
    }
    try queue.close()
  }

  /// Merges shards into a new database and returns all that it holds, without row ids and the times of merging.
  func merged(_ shards: [String]) throws -> [String] {
    let database = path + "/" + UUID().uuidString
    let store = try Store.open(path: database, mode: .write)
    for shard in shards { _ = try store.merge(Shard(path: shard)) }
    let faults = try store.verify().faults
    let rows = try store.content()
    try store.close()
    return faults + rows
  }
}

extension Store {
  /// All rows but those of runs, by content keys.
  func content() throws -> [String] {
    let queue = try DatabaseQueue(path: path)
    let sets = "result_sets JOIN sources ON sources.id = source_id"
    let set = "identity, model_id, parameters"
    return try queue.read { db in
      try [
        "SELECT identity, kind, sha256, byte_count, name, created_at FROM sources",
        """
        SELECT path, identity, source_paths.byte_count, modified_ns, seen_at
        FROM source_paths JOIN sources ON id = source_id
        """,
        "SELECT id, name, metadata FROM models",
        """
        SELECT \(set), generation, reading, rules, fingerprint, tool_version, state, started_at, completed_at, member_count,
          reason, message, deaths, run_id FROM \(sets)
        """,
        "SELECT \(set), members.* FROM \(sets) JOIN members ON result_set_id = result_sets.id",
        "SELECT \(set), numbers.* FROM \(sets) JOIN numbers ON result_set_id = result_sets.id",
        "SELECT \(set), digits.* FROM \(sets) JOIN digits ON result_set_id = result_sets.id",
        """
        SELECT merged_shards.sha256, identity, merged_shards.name, source_count
        FROM merged_shards JOIN sources ON id = source_id
        """,
      ].flatMap { sql in
        try Row.fetchAll(db, sql: sql).map { row in
          row.filter { $0.0 != "result_set_id" }.map { "\($0) \($1)" }.joined(separator: " ")
        }.sorted()
      }
    }
  }
}
