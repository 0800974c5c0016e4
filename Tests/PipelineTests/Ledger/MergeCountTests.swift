import Foundation
import GRDB
import Pipeline
import Testing

/// The tables for browsing, which triggers keep, and which a merge makes by itself.
@Suite("What merging counts")
struct MergeCountTests {
  private let folder: TemporaryFolder
  private let store: Store
  private let seven = number("7", 9_000, left: 10, top: 20)

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.open(path: folder.database, mode: .write)
  }

  /// A street of pictures of the same two numbers.
  private func street(_ count: Int) -> [MemberOutcome] {
    (0..<count).map { done($0, [number("12", 9_000), number("7", 600, left: 90)], sha256: digest("e")) }
  }

  private func schema() throws -> [String] {
    try DatabaseQueue(path: folder.database).read { db in
      try String.fetchAll(db, sql: "SELECT type || name || coalesce(sql, '') FROM sqlite_schema ORDER BY 1")
    }
  }

  private func counts() throws -> [String] {
    try DatabaseQueue(path: folder.database).read { db in
      let texts = "SELECT text || ' ' || count FROM text_counts ORDER BY 1"
      let confidences =
        "SELECT hundredth || ' ' || sum(count) || ' ' || sum(total) FROM confidence_counts GROUP BY hundredth"
      return try String.fetchAll(db, sql: texts) + String.fetchAll(db, sql: confidences)
    }
  }

  @Test("After each kind of merge the counts are those of a recount, and the schema is the one that was there")
  func counted() throws {
    let schema = try schema()
    let rejected = MemberOutcome(
      ordinal: 1, name: "1.png", byteCount: 100, sha256: nil, offset: 512, state: .rejected(notAnImage))
    let steps: [(String, [String])] = [
      (try folder.shard("first", archive("a.tar", "1"), street(3)), ["12 3", "7 3", "6 3 1800", "90 3 27000"]),
      // As many members as the database: its indexes are made anew.
      (try folder.shard("equal", archive("b.tar", "2"), street(3)), ["12 6", "7 6", "6 6 3600", "90 6 54000"]),
      (try folder.shard("smaller", archive("c.tar", "3"), street(1)), ["12 7", "7 7", "6 7 4200", "90 7 63000"]),
      (
        try folder.shard("worse", archive("c.tar", "3"), [street(1)[0], rejected]),
        ["12 7", "7 7", "6 7 4200", "90 7 63000"]
      ),
      (
        try folder.shard("method", archive("c.tar", "3"), [done(0, [number("8", 9_050)])], method: later),
        ["12 7", "7 7", "8 1", "6 7 4200", "90 8 72050"]
      ),
      (
        try folder.shard("held", archive("d.tar", "4"), [done(0, [seven]), rejected]),
        ["12 7", "7 8", "8 1", "6 7 4200", "90 9 81050"]
      ),
      // It takes the place of the one before.
      (
        try folder.shard("better", archive("d.tar", "4"), [done(0, [number("15", 9_100)]), done(1, [])]),
        ["12 7", "15 1", "7 7", "8 1", "6 7 4200", "90 8 72050", "91 1 9100"]
      ),
    ]
    for (shard, expected) in steps {
      for _ in 1...2 {
        _ = try store.merge(Shard(path: shard))
        #expect(try counts() == expected, "\(shard)")
        #expect(try store.verify().faults == [], "\(shard)")
        #expect(try self.schema() == schema, "\(shard)")
      }
    }
    try store.add(archive("own.tar", "9"), [done(0, [number("15", 9_100)])])
    #expect(try counts().contains("15 2"), "what is read after a merge is counted")
    #expect(try store.verify().faults == [])
  }

  @Test("Decisions alone change no count")
  func decisions() throws {
    let (schema, shard) = (try schema(), folder.path + "/reviewed.sqlite")
    let reviewed = try Store.open(path: shard, mode: .write)
    try reviewed.add(archive("a.tar", "1"), [done(0, [seven], sha256: digest("5"))])
    _ = try reviewed.decide(decision(.corrected("8"), digest("5"), seven))
    try reviewed.closeAsOneFile()
    try store.add(archive("a.tar", "1"), [done(0, [seven], sha256: digest("5"))])
    let before = try counts()
    #expect(try store.mergeDecisions(Shard(path: shard)) == 1)
    #expect(try counts() == before && self.schema() == schema)
    #expect(try store.verify().faults == [])
  }

  @Test("A merge that fails on its second source leaves counts, indexes and triggers as they were")
  func failed() throws {
    let schema = try schema()
    let shard = folder.path + "/two.sqlite"
    let two = try Store.open(path: shard, mode: .write)
    try two.add(archive("a.tar", "1"), street(2))
    try two.add(archive("b.tar", "2"), street(2))
    try two.closeAsOneFile()
    try store.startRun("test")
    let set = try store.begin(archive("b.tar", "2"), method: method)
    try store.commit([street(1)[0]], to: set)
    let before = try counts()
    #expect(throws: StoreError.self) { try store.merge(Shard(path: shard)) }
    #expect(try counts() == before && self.schema() == schema)
    try store.endRun(exitCode: 130)
    #expect(try store.merge(Shard(path: shard))?.sets == 2)
    #expect(try counts() == ["12 4", "7 4", "6 4 2400", "90 4 36000"] && self.schema() == schema)
    #expect(try store.verify().faults == [])
  }
}
