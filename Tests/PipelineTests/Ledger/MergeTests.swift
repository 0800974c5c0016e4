import Foundation
import GRDB
import Pipeline
import Testing

@Suite("Merging shards")
struct MergeTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private let street = [done(0, [number("12", 9_000), number("7", 600, left: 90)], sha256: digest("e")), done(1, [])]

  @Test("What was read on several machines is what one machine has read")
  func asOnOneMachine() throws {
    let shards = [
      try folder.shard("a", archive("a.tar", "1"), street),
      try folder.shard("b", archive("b.tar", "2"), [done(0, [number("1427", 9_731)])]),
    ]
    let one = try Store.open(path: folder.database, mode: .write)
    try one.add(archive("b.tar", "2"), [done(0, [number("1427", 9_731)])])
    try one.add(archive("a.tar", "1"), street)
    let many = try Store.open(path: folder.path + "/many", mode: .write)
    for shard in shards {
      let amount = try #require(try many.merge(Shard(path: shard)))
      #expect(amount.sets == 1 && amount.members.done == amount.members.total)
    }
    #expect(try many.found() == one.found() && one.found().count == 2)
    #expect(try many.verify().faults == [])
  }

  @Test("Any order and any repetition of shards comes to the same")
  func permutations() throws {
    let rejected = MemberOutcome(
      ordinal: 1, name: "1.png", byteCount: 100, sha256: nil, offset: 512, state: .rejected(notAnImage))
    let shards = [
      try folder.shard("whole", archive("a.tar", "1"), street),
      try folder.shard("worse", archive("z.tar", "1"), [street[0], rejected]),
      try folder.shard("other", archive("a.tar", "1"), [street[0], done(1, [number("3", 8_000)])]),
      try folder.shard("later", archive("-", "1"), street, method: later),
    ]
    let calm = try folder.merged(shards)
    #expect(calm.count > 20)
    for order in permutations(of: shards) { #expect(try folder.merged(order) == calm, "\(order)") }
    #expect(try folder.merged(shards + shards.reversed() + shards) == calm)
  }

  private func permutations(of shards: [String]) -> [[String]] {
    guard shards.count > 1 else { return [shards] }
    return shards.indices.flatMap { index in
      permutations(of: Array(shards[..<index] + shards[(index + 1)...])).map { [shards[index]] + $0 }
    }
  }

  @Test("Of two models' results those of the later model are shown, as the tie of two machines is decided")
  func newest() throws {
    let shards = [
      try folder.shard("first", archive("a.tar", "1"), [done(0, [number("1", 9_000)])]),
      try folder.shard("second", archive("a.tar", "1"), [done(0, [number("2", 9_000)])], method: later),
    ]
    for order in [shards, shards.reversed()] {
      let store = try Store.open(path: folder.path + "/" + UUID().uuidString, mode: .write)
      for shard in order { _ = try store.merge(Shard(path: shard)) }
      #expect(try store.texts { _ in } == ["2"])
      #expect(try store.texts { $0.model = digest("a") } == ["1"])
    }
  }

  @Test("A shard is merged once; where its archive was forgotten since, merging it brings the archive back")
  func ledger() throws {
    let shard = try folder.shard("a", archive("a.tar", "1"), street)
    let store = try Store.open(path: folder.database, mode: .write)
    #expect(try store.merge(Shard(path: shard)) != nil)
    #expect(try store.merge(Shard(path: shard)) == nil)
    try store.forget(store.source(named: "a.tar"))
    #expect(try store.verify().faults == [] && store.found() == [])
    #expect(try store.merge(Shard(path: shard)) != nil)
    #expect(try store.found().count == 1)
  }

  @Test("A shard completes what was not read to its end, and does not touch what a run is reading")
  func running() throws {
    let shard = try folder.shard("a", archive("a.tar", "1"), street)
    let store = try Store.open(path: folder.database, mode: .write)
    try store.startRun("test")
    let set = try store.begin(archive("a.tar", "1"), method: method)
    try store.commit([street[0]], to: set)
    let error = #expect(throws: StoreError.self) { try store.merge(Shard(path: shard)) }
    #expect(error?.code == .busy && error?.message.contains("being read by another run") == true)
    try store.endRun(exitCode: 130)
    #expect(try store.merge(Shard(path: shard)) != nil)
    #expect(try store.verify().faults == [] && store.verify().members.done == 2)
  }

  @Test("The place where another machine saw a file is no proof of what lies there")
  func places() throws {
    let shard = try folder.shard("a", archive("a.tar", "1", modified: 77), street)
    let store = try Store.open(path: folder.database, mode: .write)
    _ = try store.merge(Shard(path: shard))
    let place = SourcePath(path: "/photos/a.tar", byteCount: 10, modified: 77)
    #expect(try store.knownContent(at: place) == nil)
    #expect(try store.source(named: "a.tar").paths == ["/photos/a.tar"])
    _ = try store.begin(archive("b.tar", "2"), method: method)
    let own = SourcePath(path: "/photos/b.tar", byteCount: 10, modified: 1)
    let other = try folder.shard("b", .file(.archive, sha256: digest("3"), name: "x", at: own), street)
    _ = try store.merge(Shard(path: other))
    #expect(try store.knownContent(at: own) == digest("2"))
  }
}
