import Foundation
import Pipeline
import Testing

@Suite("Storing what was read")
struct StoreIngestTests {
  let folder: TemporaryFolder
  let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.open(path: folder.database, mode: .write)
  }

  private let outcomes = [
    done(0, [number("7", 9_000)]),
    MemberOutcome(
      ordinal: 1, name: "x.jpg", byteCount: 3, sha256: digest("5"), offset: nil,
      state: .rejected(notAnImage)),
    MemberOutcome(
      ordinal: 2, name: "README.txt", byteCount: 3, sha256: nil, offset: 9, state: .ignored(readme)),
    done(3, []),
  ]

  @Test("A new set begins at member 0, and goes on after the last committed batch")
  func resume() throws {
    let set = try store.begin(archive("a.tar", "1"), method: method)
    #expect(set.counts.total == 0)
    try store.commit(Array(outcomes[..<3]), to: set)
    try store.close()

    let next = try Store.open(path: folder.database, mode: .write)
    let again = try next.begin(archive("a.tar", "1"), method: method)
    #expect(again.id == set.id)
    #expect(!again.isComplete)
    #expect(again.counts.total == 3)
    try next.commit(Array(outcomes[3...]), to: again)
    try next.complete(again, memberCount: 4)

    let complete = try next.begin(archive("a.tar", "1"), method: method)
    #expect(complete.isComplete)
    #expect(complete.ending == nil)
    #expect((complete.counts.done, complete.counts.rejected, complete.counts.ignored) == (2, 1, 1))
  }

  @Test("Committing again what is there changes nothing")
  func commitTwice() throws {
    let set = try store.begin(archive("a.tar", "1"), method: method)
    try store.commit(outcomes, to: set)
    try store.commit(outcomes, to: set)
    try store.commit([done(3, [number("9", 9_000)]), done(4, [])], to: set)
    #expect(try store.refreshed(set).counts.total == 5)
    #expect(try store.texts { _ in } == ["7"])
  }

  @Test("A batch is stored whole or not at all")
  func atomic() throws {
    let set = try store.begin(archive("a.tar", "1"), method: method)
    let impossible = done(1, [number("7", 20_000)])
    #expect(throws: StoreError.self) { try store.commit([done(0, []), impossible], to: set) }
    #expect(try store.refreshed(set).counts.total == 0)
  }

  @Test("A set is complete only with as many members as were seen")
  func miscounted() throws {
    let set = try store.begin(archive("a.tar", "1"), method: method)
    try store.commit(outcomes, to: set)
    #expect(throws: StoreError.self) { try store.complete(set, memberCount: 5) }
    #expect(try store.refreshed(set).isComplete == false)
  }

  @Test("A source that ends too early is complete, with the reason")
  func endedEarly() throws {
    let cut = Reason(id: "archive.truncated", message: "The archive ends inside a member.")
    let set = try store.begin(archive("a.tar", "1"), method: method)
    try store.commit(outcomes, to: set)
    try store.complete(set, memberCount: 4, ending: cut)
    #expect(try store.begin(archive("a.tar", "1"), method: method).ending == cut)
  }

  @Test("Another model, other parameters, another listing: another set")
  func separateSets() throws {
    let folderSource = SourceDescription.folder(realPath: "/photos")
    var (otherModel, otherParameters) = (method, method)
    otherModel.modelID = digest("b")
    otherParameters.parameters = "{}"
    let ids = [
      try store.begin(folderSource, method: method, fingerprint: "x").id,
      try store.begin(folderSource, method: otherModel, fingerprint: "x").id,
      try store.begin(folderSource, method: otherParameters, fingerprint: "x").id,
      try store.begin(folderSource, method: method, fingerprint: "y").id,
    ]
    #expect(Set(ids).count == 4)
    #expect(try store.begin(folderSource, method: method, fingerprint: "x").id == ids[0])
  }

  @Test("A folder that is again what it was before its last change is answered from its set of then")
  func changedBack() throws {
    let folder = SourceDescription.folder(realPath: "/photos")
    for (listing, members) in [("x", outcomes), ("y", [])] {
      let set = try store.begin(folder, method: method, fingerprint: listing)
      try store.commit(members, to: set)
      try store.complete(set, memberCount: members.count)
      Thread.sleep(forTimeInterval: 0.005)  // times are kept to the millisecond
    }
    #expect(try store.found().isEmpty)
    #expect(try store.begin(folder, method: method, fingerprint: "x").isComplete)
    #expect(try !store.found().isEmpty)
  }

  @Test("The same content under another name is the same source, whichever came first")
  func aliases() throws {
    try store.add(archive("b.tar", "1"), outcomes)
    #expect(try store.begin(archive("a.tar", "1"), method: method).isComplete)
    #expect(try store.begin(archive("c.tar", "1"), method: method).isComplete)
    #expect(try store.found().map(\.archive) == ["a.tar"])
    for name in ["a.tar", "b.tar", "c.tar"] {
      let path = SourcePath(path: "/photos/\(name)", byteCount: 10, modified: 1)
      #expect(try store.knownContent(at: path) == digest("1"))
    }
  }

  @Test("A file's content is known while its path, size and time of change are the same")
  func knownContent() throws {
    let path = SourcePath(path: "/photos/a.tar", byteCount: 10, modified: 1)
    #expect(try store.knownContent(at: path) == nil)
    _ = try store.begin(archive("a.tar", "1"), method: method)
    #expect(try store.knownContent(at: path) == digest("1"))
    for other in [
      SourcePath(path: "/photos/b.tar", byteCount: 10, modified: 1),
      SourcePath(path: "/photos/a.tar", byteCount: 11, modified: 1),
      SourcePath(path: "/photos/a.tar", byteCount: 10, modified: 2),
    ] {
      #expect(try store.knownContent(at: other) == nil)
    }
    _ = try store.begin(archive("a.tar", "2", modified: 2), method: method)
    #expect(try store.knownContent(at: path) == nil)
  }

  @Test("The same bytes are not read again by the same model in the same way, whatever the limits")
  func knownOutcome() throws {
    let numbers = [number("1427", 9_731, left: 30), number("007", 600, top: 100)]
    try store.add(archive("a.tar", "1"), [done(0, numbers, sha256: digest("6")), outcomes[1]])
    #expect(
      try store.knownOutcome(sha256: digest("6"), method: method)?.state
        == .done(width: 640, height: 480, numbers: numbers))
    #expect(try store.knownOutcome(sha256: digest("5"), method: method) == nil, "rejected")
    #expect(try store.knownOutcome(sha256: digest("7"), method: method) == nil, "never seen")
    var other = method
    other.parameters = "{}"
    #expect(try store.knownOutcome(sha256: digest("6"), method: other) != nil)
    other.reading = "{}"
    #expect(try store.knownOutcome(sha256: digest("6"), method: other) == nil)
    other = method
    other.modelID = digest("b")
    #expect(try store.knownOutcome(sha256: digest("6"), method: other) == nil)
  }
}
