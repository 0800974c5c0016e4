import Foundation
import Pipeline
import Testing

@Suite("Superseded result sets")
struct StorePruningTests {
  let folder: TemporaryFolder
  let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.open(path: folder.database, mode: .write)
  }

  private func method(_ parameters: String) -> ReadingMethod {
    ReadingMethod(
      modelID: digest("a"), modelName: "first", modelMetadata: "{}", parameters: parameters, toolVersion: "1.0")
  }

  private func add(_ parameters: String, complete: Bool = true, number text: String = "7") throws {
    try store.add(
      archive("a.tar", "1"), [done(0, [number(text, 9_000)])], method: method(parameters), complete: complete)
  }

  /// How many sets are superseded, and how many are left when they are dropped.
  private func prune() throws -> (superseded: Int, left: Int) {
    let superseded = try store.superseded().dropped.sets
    let shown = try store.found { $0.minimumConfidence = 0 }
    #expect(try store.prune().dropped.sets == superseded)
    #expect(try store.found { $0.minimumConfidence = 0 } == shown)
    let found = try store.verify()
    #expect(found.faults == [])
    return (superseded, found.sets)
  }

  @Test("The newest complete set stays, and so do newer ones that are not complete; older ones go, complete or not")
  func order() throws {
    try add("1")
    try add("2", complete: false)
    try add("3", number: "8")
    try add("4", complete: false)
    try store.add(archive("b.tar", "2"), [done(0, [number("9", 9_000)])])
    #expect(try prune() == (2, 3))
    #expect(try store.texts { _ in } == ["8", "9"])
    #expect(try prune() == (0, 3))
  }

  @Test("Without a complete set nothing is superseded")
  func unfinished() throws {
    try add("1", complete: false)
    try add("2", complete: false)
    #expect(try prune() == (0, 2))
  }

  @Test("A set that a run is reading stays, though a newer one is complete, until that run has ended or is gone")
  func held() throws {
    let other = try Store.open(path: folder.database, mode: .write)
    try other.startRun("test")
    let set = try other.begin(archive("a.tar", "1"), method: method("1"))
    try add("2")
    #expect(try prune() == (0, 2))
    try other.commit([done(0, [])], to: set)
    try folder.damage("UPDATE runs SET process_mark = 'another boot/1/1'")
    #expect(try prune() == (1, 1))
    try other.close()
  }

  @Test("A set that comes to be the newest again because it is read again is not dropped")
  func revived() throws {
    try add("1", complete: false)
    try add("2")
    _ = try store.begin(archive("a.tar", "1"), method: method("1"))
    #expect(try prune() == (0, 2))
  }

  @Test("Models of which no results are left go with the last of them")
  func models() throws {
    try store.add(
      archive("a.tar", "1"), [done(0, [])],
      method: ReadingMethod(
        modelID: digest("b"), modelName: "old", modelMetadata: "{}", parameters: "{}", toolVersion: "1"))
    try add("1")
    #expect(try prune() == (1, 1))
    #expect { try store.found { $0.model = digest("b") } } throws: { StoreError.Code.unknownModel ~= $0 }
    #expect(try store.texts { $0.model = digest("a") } == ["7"])
  }

  @Test("A database of an earlier schema, which has no generations, is looked at as it is", arguments: [1, 2, 3])
  func earlier(schema: Int) throws {
    let sql = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("schema-\(schema).sql")
    try store.close()
    try FileManager.default.removeItem(atPath: folder.database)
    try folder.damage("PRAGMA foreign_keys = OFF; " + String(decoding: try Data(contentsOf: sql), as: UTF8.self))
    let reader = try Store.open(path: folder.database, mode: .read)
    let superseded = try reader.superseded().dropped
    try reader.close()
    let writer = try Store.open(path: folder.database, mode: .write)
    #expect(try writer.prune().dropped == superseded)
    try writer.close()
  }
}
