import Foundation
import GRDB
import Pipeline
import Testing

@Suite("Result sets by the digests of what made them")
struct StoreDigestTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private struct Digests: Hashable {
    var method, selection: String
  }

  /// The digests of the sets of a database that an earlier schema left, after its migration.
  private func migrated(_ schema: Int, change: String = "") throws -> [Digests] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("schema-\(schema).sql")
    let sql = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    try folder.damage("PRAGMA foreign_keys = OFF; \(sql) \(change)")
    try Store.open(path: folder.database, mode: .write).close()
    let queue = try DatabaseQueue(path: folder.database)
    defer { try? queue.close() }
    return try queue.read { db in
      try Row.fetchAll(db, sql: "SELECT method, selection FROM result_sets ORDER BY id").map {
        Digests(method: $0[0], selection: $0[1])
      }
    }
  }

  /// Those by which the version that brought digests keeps what the model of schema-4.sql reads, with its defaults.
  private static let first = Digests(
    method: "67fc050f9083466f07a75cab1da4dd4ef44ec13d2e6272b14784e8cae5c1ec75",
    selection: "3f3047c93cf946dce2aa905f289cdea447f6db7f92df8ee2f598aca91ade1214")

  @Test("What schema 4 read has the digests of the version after it, whose code read the same numbers")
  func schema4() throws {
    #expect(try migrated(4) == [Self.first])
  }

  @Test("Other limits of schema 4 leave the digest of what decides numbers as it is")
  func limits() throws {
    let found = try migrated(
      4, change: #"UPDATE result_sets SET parameters = replace(parameters, '"max_scans":100', '"max_scans":7');"#)
    #expect(found.map(\.method) == [Self.first.method] && found.map(\.selection) != [Self.first.selection])
  }

  @Test(
    "What an earlier revision read, or what another way was asked for, has another digest",
    arguments: [#""revision":8', '"revision":7'"#, #""exhaustive":0', '"exhaustive":1'"#])
  func otherReading(change: String) throws {
    let found = try migrated(4, change: "UPDATE result_sets SET parameters = replace(parameters, '\(change));")
    #expect(found.map(\.method) != [Self.first.method] && found.map(\.selection) == [Self.first.selection])
  }

  @Test("Sets of version 0.1.0 that one model read in one way are of one method", arguments: [1, 2, 3])
  func versionOne(schema: Int) throws {
    let found = try migrated(schema)
    #expect(Set(found).count == 1 && found.allSatisfy { $0.method.count == 64 && $0.selection.count == 64 })
    #expect(found.first?.method != Self.first.method)
  }

  @Test("Parameters that are no JSON of numbers count as they are")
  func strange() throws {
    let found = try migrated(
      4,
      change: """
        INSERT INTO result_sets (source_id, model_id, parameters, fingerprint, tool_version, state, started_at)
          SELECT source_id, model_id, 'no JSON', '', '0', 'running', started_at FROM result_sets;
        """)
    #expect(found.count == 2 && Set(found).count == 2)
    let store = try Store.open(path: folder.database, mode: .write)
    #expect(try store.verify().faults == [])
    try store.close()
  }

  @Test("A set is found again by its digests, whatever the text of its parameters")
  func foundAgain() throws {
    let store = try Store.open(path: folder.database, mode: .write)
    var later = ReadingMethod(
      modelID: digest("a"), modelName: "", modelMetadata: "{}", parameters: "{}", reading: "r", selection: "s",
      toolVersion: "1")
    let set = try store.begin(archive("a.tar", "1"), method: later)
    later.parameters = #"{"as":"a later version writes it"}"#
    #expect(try store.begin(archive("a.tar", "1"), method: later).id == set.id)
    later.libraries = #"{"libjpeg":"9"}"#
    #expect(try store.begin(archive("a.tar", "1"), method: later).id == set.id)
    later.selection = "t"
    #expect(try store.begin(archive("a.tar", "1"), method: later).id != set.id)
  }
}
