import Foundation
import Pipeline
import Testing

@Suite("Which results are the newest, and those of another model")
struct StoreModelTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func model(_ letter: Character, metadata: String = "{}", parameters: String = "{}") -> ReadingMethod {
    ReadingMethod(
      modelID: digest(letter), modelName: "model \(letter)", modelMetadata: metadata, parameters: parameters,
      toolVersion: "1")
  }

  /// The number that is shown of a source in which each method has read another one: 0, 1 and so on, in this order. All sets
  /// are of one generation, as sets of two databases may be.
  private func newest(_ methods: [ReadingMethod]) throws -> [String] {
    let folder = try TemporaryFolder()
    let store = try Store.open(path: folder.database, mode: .write)
    defer { try? store.close() }
    for (index, method) in methods.enumerated() {
      try store.add(archive("a.tar", "1"), [done(0, [number("\(index)", 9_000)])], method: method)
    }
    try folder.damage("UPDATE result_sets SET generation = 7")
    return try store.texts { _ in }
  }

  @Test(
    "Of sets of one generation the one of the model with the largest sequence is the newest, whichever was read first",
    arguments: [
      (#"{"sequence":"2"}"#, #"{"sequence":"10"}"#), (#"{}"#, #"{"sequence":"1"}"#),
      (#"{"sequence":"99x"}"#, #"{"sequence":"1"}"#), ("no JSON", #"{"sequence":"1"}"#),
    ])
  func sequence(smaller: String, larger: String) throws {
    #expect(try newest([model("b", metadata: smaller), model("a", metadata: larger)]) == ["1"])
    #expect(try newest([model("a", metadata: larger), model("b", metadata: smaller)]) == ["0"])
  }

  @Test("Where that is the same, the parameters' text decides, then the model's id, and never the order of the work")
  func parameters() throws {
    let (first, second) = (model("b", parameters: #"{"min":1}"#), model("a", parameters: #"{"min":2}"#))
    #expect(try newest([first, second]) == ["1"])
    #expect(try newest([second, first]) == ["0"])
    #expect(try newest([model("a"), model("b")]) == ["1"])
    #expect(try newest([model("b"), model("a")]) == ["0"])
  }

  @Test("A later generation counts for more than a larger sequence, and a complete set for more than both")
  func generation() throws {
    let store = try Store.open(path: folder.database, mode: .write)
    let (large, small) = (model("b", metadata: #"{"sequence":"9"}"#), model("a", metadata: #"{"sequence":"1"}"#))
    try store.add(archive("a.tar", "1"), [done(0, [number("9", 9_000)])], method: large)
    try store.add(archive("a.tar", "1"), [done(0, [number("1", 9_000)])], method: small, complete: false)
    #expect(try store.texts { _ in } == ["9"])
    try store.complete(store.begin(archive("a.tar", "1"), method: small), memberCount: 1)
    #expect(try store.texts { _ in } == ["1"])
  }

  @Test("A query may ask for the newest results of a model, by the beginning of its id")
  func ofModel() throws {
    let store = try Store.open(path: folder.database, mode: .write)
    let (old, new) = (model("b"), model("a"))
    try store.add(archive("a.tar", "1"), [done(0, [number("1", 9_000)])], method: old)
    try store.add(archive("a.tar", "1"), [done(0, [number("2", 9_000)])], method: new)
    try store.add(archive("b.tar", "2"), [done(0, [number("3", 9_000)])], method: new)
    #expect(try store.texts { _ in } == ["2", "3"])
    #expect(try store.texts { $0.model = "BBBBBBBB" } == ["1"])
    #expect(try store.texts { ($0.model, $0.prefix) = (digest("a"), "3") } == ["3"])
    #expect { try store.texts { $0.model = "cccccccc" } } throws: { StoreError.Code.unknownModel ~= $0 }
    try store.add(
      archive("c.tar", "3"), [done(0, [number("4", 9_000)])],
      method: ReadingMethod(
        modelID: String(digest("a").dropLast()) + "0", modelName: "", modelMetadata: "{}", parameters: "{}",
        toolVersion: "1"))
    #expect { try store.texts { $0.model = "aaaaaaaa" } } throws: { StoreError.Code.ambiguousModel ~= $0 }
  }
}
