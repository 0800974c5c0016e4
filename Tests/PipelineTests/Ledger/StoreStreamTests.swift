import DigitNet
import Pipeline
import Testing

@Suite("Streams, which are known at their end")
struct StoreStreamTests {
  let folder: TemporaryFolder
  let store: Store
  private let outcomes = [done(0, [number("7", 9_000)]), done(1, []), done(2, [number("12", 8_000)])]

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.open(path: folder.database, mode: .write)
  }

  /// A stream that has been read to its end.
  private func stream(_ id: String) throws -> ResultSet {
    let set = try store.begin(.stream(id: id, name: "-"), method: method)
    try store.commit(outcomes, to: set)
    return set
  }

  @Test("A stream is in no answer before it is sealed; then it is the archive of its bytes")
  func seal() throws {
    let set = try stream("1")
    #expect(try store.found().isEmpty)
    let sealed = try store.seal(set, sha256: digest("1"), byteCount: 10)
    #expect(sealed.counts.total == 3)
    #expect(!sealed.isComplete)
    try store.complete(sealed, memberCount: 3)
    #expect(try store.found().map(\.number.text) == ["7", "12"])
    #expect(try store.found().allSatisfy { $0.archive == "-" && $0.archiveSHA256 == digest("1") })

    #expect(try store.begin(archive("a.tar", "1"), method: method).isComplete)
    #expect(try store.found().map(\.archive) == ["a.tar", "a.tar"], "a file's name goes before a stream's")
  }

  @Test("A stream of an archive that is complete is dropped")
  func known() throws {
    try store.add(archive("a.tar", "1"), outcomes)
    let before = try store.found()
    let sealed = try store.seal(try stream("1"), sha256: digest("1"), byteCount: 10)
    #expect(sealed.isComplete)
    #expect(try store.found() == before)
    #expect(throws: StoreError.self) { try store.seal(sealed, sha256: digest("2"), byteCount: 10) }
  }

  @Test("A stream completes an archive that was read in part", arguments: 0...3)
  func partlyKnown(count: Int) throws {
    try store.add(archive("a.tar", "1"), Array(outcomes[..<count]), complete: false)
    let sealed = try store.seal(try stream("1"), sha256: digest("1"), byteCount: 10)
    #expect(sealed.counts.done == 3)
    try store.complete(sealed, memberCount: 3)
    #expect(try store.found().map(\.number.text) == ["7", "12"])
    #expect(try store.begin(archive("a.tar", "1"), method: method).isComplete)
  }

  @Test("Decisions hold for the members that a stream gives to an archive", arguments: 0...2)
  func decided(count: Int) throws {
    let (seven, twelve) = (number("7", 9_000), number("12", 8_000))
    let members = [
      done(0, [seven], sha256: digest("5")), done(1, [twelve], sha256: digest("6")),
    ]
    try store.add(archive("b.tar", "2"), members)
    _ = try store.decide(decision(.corrected("8"), digest("5"), seven))
    _ = try store.decide(decision(.missed("31"), digest("6"), box: Box(left: 300, top: 200, width: 30, height: 20)))
    try store.add(archive("a.tar", "1"), Array(members[..<count]), complete: false)
    let set = try store.begin(.stream(id: "1", name: "-"), method: method)
    try store.commit(members, to: set)
    let sealed = try store.seal(set, sha256: digest("1"), byteCount: 10)
    if !sealed.isComplete { try store.complete(sealed, memberCount: 2) }
    #expect(try store.reviewed { $0.archive = "a.tar" } == ["8 corrected", "31 added", "12 read"])
    #expect(try store.verify().faults == [])
  }

  @Test("A stream by another model is another set of the same archive")
  func otherMethod() throws {
    var other = method
    other.parameters = "{}"
    try store.add(archive("a.tar", "1"), [done(0, [])], method: other)
    let sealed = try store.seal(try stream("1"), sha256: digest("1"), byteCount: 10)
    try store.complete(sealed, memberCount: 3)
    #expect(try store.found().map(\.archive) == ["a.tar", "a.tar"])
    #expect(try store.begin(archive("a.tar", "1"), method: other).counts.total == 1)
  }

  @Test("A stream that came to nothing leaves nothing, and an archive is never discarded")
  func discard() throws {
    try store.add(archive("a.tar", "1"), outcomes)
    let set = try store.begin(.stream(id: "1", name: "-"), method: method)
    try store.discardStream(set)
    #expect(throws: StoreError.self) { try store.refreshed(set) }
    let kept = try store.begin(archive("a.tar", "1"), method: method)
    try store.discardStream(kept)
    #expect(try store.refreshed(kept).counts.total == 3)
  }
}
