import DigitNet
import Foundation
import GRDB
import Pipeline
import Testing

@Suite("Decisions of several databases")
struct MergeDecisionTests {
  private let folder: TemporaryFolder
  private let seven = number("7", 9_000, left: 10, top: 20)
  private let twelve = number("12", 8_000, left: 100, top: 20)

  init() throws { folder = try TemporaryFolder() }

  /// A shard of one picture, on which somebody has decided.
  private func shard(_ name: String, _ decide: (Store) throws -> Void) throws -> String {
    let path = folder.path + "/" + name + ".sqlite"
    let store = try Store.open(path: path, mode: .write)
    try store.add(archive("a.tar", "1"), [done(0, [seven, twelve], sha256: digest("5"))])
    try decide(store)
    try store.closeAsOneFile()
    return path
  }

  private func shards() throws -> [String] {
    [
      try shard("ada") { store in
        _ = try store.decide(decision(.corrected("8"), digest("5"), seven, by: "ada"))
        let wrong = try store.decide(decision(.notANumber, digest("5"), twelve, by: "ada"))
        _ = try store.undo(wrong.id, by: "ada")
      },
      try shard("bob") { store in
        _ = try store.decide(decision(.confirmed, digest("5"), seven, by: "bob"))
        let sample = try store.makeSample(NumberFilter(), size: 2, seed: "s")
        _ = try store.decide(decision(.confirmed, digest("5"), twelve, by: "bob", mode: .sample(sample.id)))
      },
      try shard("none") { _ in },
    ]
  }

  @Test("In any order and however often, the same decisions come out, and mean the same")
  func anyOrder() throws {
    let shards = try shards()
    var outcomes: Set<[String]> = []
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2, 0, 1], [0, 2, 1, 1]] {
      let store = try Store.open(path: folder.path + "/" + UUID().uuidString, mode: .write)
      for index in order { _ = try store.merge(Shard(path: shards[index])) }
      #expect(try store.verify().faults == [])
      let ids = try store.decisions(ofPicture: digest("5")).map { "\($0.counter) \($0.reviewer) \($0.id)" }
      let found = try store.found { $0.reviewed = true }.map { "\($0.number.text) \($0.review.map { "\($0)" } ?? "")" }
      #expect(found.count == 2 && ids.count == 5)
      outcomes.insert(ids + found)
      #expect(try store.samples().count == 1)
      try store.close()
    }
    #expect(outcomes.count == 1)
    #expect(outcomes.first?.contains { $0.hasPrefix("7 ") && $0.contains("differs: true") } == true, "bob sorts last")
  }

  @Test("Decisions alone are taken over from a database that is no shard, and wait for their pictures")
  func decisionsAlone() throws {
    let colleague = folder.path + "/colleague.sqlite"
    let theirs = try Store.open(path: colleague, mode: .write)
    try theirs.add(.folder(realPath: "/photos"), [done(0, [seven], sha256: digest("5"))], complete: false)
    _ = try theirs.decide(decision(.corrected("8"), digest("5"), seven, by: "ada"))
    try theirs.closeAsOneFile()

    let ours = try Store.open(path: folder.database, mode: .write)
    #expect(throws: StoreError.self) { try ours.merge(Shard(path: colleague)) }
    #expect(try ours.mergeDecisions(Shard(path: colleague)) == 1)
    #expect(try ours.mergeDecisions(Shard(path: colleague)) == 0)
    #expect(try ours.reviewed() == [])
    try ours.add(archive("a.tar", "1"), [done(0, [seven, twelve], sha256: digest("5"))])
    #expect(try ours.reviewed() == ["8 corrected", "12 read"])
    #expect(try ours.verify().faults == [])
  }

  @Test(
    "A shard whose decisions are not streetnum's is refused",
    arguments: [
      "UPDATE decisions SET sha256 = upper(sha256) || 'x'", "UPDATE decisions SET counter = 2000000000",
      "UPDATE decisions SET reviewer = char(10) || 'x'", "UPDATE decisions SET decided_at = 'now'",
      "UPDATE decisions SET id = 'a b' WHERE counter = 1", "UPDATE decisions SET text = 'x' WHERE text IS NOT NULL",
      "UPDATE decisions SET verdict = 'unsure' WHERE verdict = 'corrected'",
      "UPDATE decisions SET shown = '7x' WHERE counter = 1", "UPDATE decisions SET undoes = 'x' WHERE verdict = 'undo'",
      "UPDATE decisions SET mode = 'sample', sample_id = NULL",
      "UPDATE decisions SET box_left = 9000000 WHERE box_left IS NOT NULL",
      "INSERT INTO samples VALUES ('s', 's', 1, '{\"a\": 1}', '2026-01-01T00:00:00.000Z')",
    ])
  func forged(sql: String) throws {
    let shard = try shards()[0]
    try folder.forge(shard, sql)
    let store = try Store.open(path: folder.database, mode: .write)
    #expect(refusal { try store.merge(Shard(path: shard)) } == .damagedShard)
    #expect(refusal { try store.mergeDecisions(Shard(path: shard)) } == .damagedShard)
    #expect(try store.decisions(ofPicture: digest("5")) == [])
  }

  @Test("A decision of another's id is a contradiction")
  func contradiction() throws {
    let shards = try shards()
    let store = try Store.open(path: folder.database, mode: .write)
    _ = try store.merge(Shard(path: shards[0]))
    let forged = try shard("forged") { store in
      _ = try store.decide(decision(.corrected("9"), digest("5"), seven, by: "eve"))
    }
    try folder.forge(forged, "UPDATE decisions SET id = '\(store.decisions(ofPicture: digest("5"))[0].id)'")
    #expect(refusal { try store.merge(Shard(path: forged)) } == .contradictoryShard)
  }

  @Test("A better result of the same archive keeps what was decided")
  func better() throws {
    let rejected = MemberOutcome(
      ordinal: 1, name: "1.png", byteCount: 100, sha256: digest("6"), offset: 512, state: .rejected(notAnImage))
    let worse = try folder.shard("worse", archive("a.tar", "1"), [done(0, [seven], sha256: digest("5")), rejected])
    let better = try folder.shard(
      "better", archive("a.tar", "1"), [done(0, [seven], sha256: digest("5")), done(1, [], sha256: digest("6"))])
    let store = try Store.open(path: folder.database, mode: .write)
    _ = try store.merge(Shard(path: worse))
    _ = try store.decide(decision(.corrected("8"), digest("5"), seven))
    _ = try store.decide(
      decision(.missed("5"), digest("5"), box: Box(left: 300, top: 200, width: 30, height: 20)))
    _ = try store.merge(Shard(path: better))
    #expect(try store.reviewed() == ["8 corrected", "5 added"])
    #expect(try store.verify().faults == [])
  }

  @Test("A copy that has decisions which the database lacks is not replaced")
  func backup() throws {
    let store = try Store.open(path: folder.database, mode: .write)
    try store.add(archive("a.tar", "1"), [done(0, [seven], sha256: digest("5"))])
    let copy = folder.path + "/copy.sqlite"
    try store.backup(to: copy)
    _ = try store.decide(decision(.confirmed, digest("5"), seven))
    try store.backup(to: copy)
    let other = try Store.open(path: copy, mode: .write)
    _ = try other.decide(decision(.notANumber, digest("5"), seven))
    try other.close()
    #expect(refusal { try store.backup(to: copy) } == .cannotCreate)
  }

  @Test("A source that is forgotten takes its pictures' decisions with it, or leaves them for when it comes again")
  func forgetting() throws {
    let store = try Store.open(path: folder.database, mode: .write)
    try store.add(
      archive("a.tar", "1"), [done(0, [seven], sha256: digest("5")), done(1, [seven], sha256: digest("6"))])
    try store.add(archive("b.tar", "2"), [done(0, [seven], sha256: digest("6"))])
    for picture in ["5", "6"] as [Character] {
      _ = try store.decide(decision(.corrected("8"), digest(picture), seven))
    }
    let source = try store.source(named: "a.tar")
    #expect(source.amount.decisions == 1)
    #expect(try store.forget(source, keepingDecisions: true).decisions == 0)
    #expect(try store.decisions(ofPicture: digest("5")).count == 1)
    try store.add(
      archive("a.tar", "1"), [done(0, [seven], sha256: digest("5")), done(1, [seven], sha256: digest("6"))])
    #expect(try store.reviewed { $0.archive = "a.tar" } == ["8 corrected", "8 corrected"])
    #expect(try store.forget(store.source(named: "a.tar")).decisions == 1)
    #expect(try store.decisions(ofPicture: digest("5")) == [])
    #expect(try store.decisions(ofPicture: digest("6")).count == 1, "b.tar has the picture, too")
    #expect(try store.verify().faults == [])
  }

  @Test("Dropping superseded results leaves decisions")
  func pruning() throws {
    let store = try Store.open(path: folder.database, mode: .write)
    try store.add(archive("a.tar", "1"), [done(0, [seven], sha256: digest("5"))])
    _ = try store.decide(decision(.corrected("8"), digest("5"), seven))
    try store.add(archive("a.tar", "1"), [done(0, [seven], sha256: digest("5"))], method: later)
    #expect(try store.prune().dropped.sets == 1)
    #expect(try store.reviewed() == ["8 corrected"])
    #expect(try store.verify().faults == [])
  }

  @Test(
    "verify finds what contradicts the decisions",
    arguments: [
      "UPDATE reviewed_numbers SET text = '9'", "DELETE FROM reviewed_numbers", "DELETE FROM newest_sets",
      "UPDATE confidence_counts SET count = count + 1", "UPDATE text_counts SET count = 7",
      "UPDATE decisions SET verdict = 'undo', undoes = 'x', shown = NULL, text = NULL, box_left = NULL, box_top = NULL, "
        + "box_width = NULL, box_height = NULL",
    ])
  func damage(sql: String) throws {
    let store = try Store.open(path: folder.database, mode: .write)
    try store.add(archive("a.tar", "1"), [done(0, [seven], sha256: digest("5"))])
    _ = try store.decide(decision(.corrected("8"), digest("5"), seven))
    #expect(try store.verify().faults == [])
    try folder.damage(sql)
    #expect(try !store.verify().faults.isEmpty)
  }
}
