import DigitNet
import Pipeline
import Testing

@Suite("Asking for numbers")
struct StoreQueryTests {
  let folder: TemporaryFolder
  let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.open(path: folder.database, mode: .write)
  }

  private func addStreet() throws {
    try store.add(
      archive("b.tar", "1"),
      [done(0, [number("1427", 9_000), number("7", 5_000)], name: "dir/x[1].png"), done(1, [])])
    try store.add(
      archive("a.tar", "2"),
      [
        done(0, [number("14", 8_000), number("007", 4_999)], name: "dir/y.png"),
        done(1, [number("142", 7_000)], name: "z.png"),
      ])
  }

  @Test("A found number says where it is, digit by digit")
  func wholeRow() throws {
    let read = number("1427", 9_731, left: 30, top: 40)
    try store.add(archive("a.tar", "1"), [done(0, []), done(1, [read], name: "dir/1.png")])
    #expect(
      try store.found() == [
        FoundNumber(
          archive: "a.tar", archiveSHA256: digest("1"), image: "dir/1.png", ordinal: 1, width: 640,
          height: 480, number: read)
      ])
  }

  @Test("Sorted by archive, ordinal, falling confidence, box, in whatever order they came")
  func order() throws {
    let low = number("1", 6_000)
    let (left, right) = (number("2", 7_000, left: 10), number("3", 7_000, left: 40))
    let upper = number("4", 7_000, left: 10)
    let lower = number("5", 7_000, left: 10, top: 50)
    try store.add(archive("b.tar", "1"), [done(0, [low, right, lower, left])])
    try store.add(archive("a.tar", "9"), [done(0, [low]), done(1, [upper])])
    let found = try store.found()
    #expect(found.map(\.archive) == ["a.tar", "a.tar", "b.tar", "b.tar", "b.tar", "b.tar"])
    #expect(found.map(\.number.text) == ["1", "4", "2", "5", "3", "1"])
  }

  @Test("The surest or the least sure come first where that is asked for, whatever the archive")
  func orderOfConfidence() throws {
    try addStreet()
    #expect(try store.texts { $0.order = .surestFirst } == ["1427", "14", "142", "7"])
    #expect(try store.texts { $0.order = .leastSureFirst } == ["7", "142", "14", "1427"])
    #expect(
      try store.texts { query in
        (query.order, query.limit, query.minimumConfidence) = (.leastSureFirst, 1, 0)
      } == ["007"])
  }

  @Test("The newest reading of a source is the one that was begun last, whatever the clock said")
  func newestByGeneration() throws {
    var later = method
    later.modelID = digest("b")
    try store.add(archive("a.tar", "1"), [done(0, [number("1", 9_000)])])
    try folder.damage(
      "UPDATE result_sets SET started_at = '2031-01-01T00:00:00Z', completed_at = '2031-01-01T00:00:00Z'")
    try store.add(archive("a.tar", "1"), [done(0, [number("2", 9_000)])], method: later)
    #expect(try store.texts { _ in } == ["2"])
    _ = try store.begin(archive("a.tar", "1"), method: method)
    #expect(try store.texts { _ in } == ["2"], "what is complete is not begun again")
  }

  @Test("A name is found in either of its Unicode forms")
  func unicodeForms() throws {
    let (composed, decomposed) = ("caf\u{E9}.png", "cafe\u{301}.png")
    try store.add(
      archive(decomposed, "1"),
      [done(0, [number("1", 9_000)], name: composed), done(1, [number("2", 9_000)], name: decomposed)])
    for pattern in [composed, decomposed, "caf?.png", "caf*"] {
      #expect(try store.texts { $0.image = pattern } == ["1", "2"], "\(pattern)")
      #expect(try store.texts { $0.archive = pattern } == ["1", "2"], "\(pattern)")
    }
    #expect(try store.texts { $0.image = "cafe.png" }.isEmpty)
  }

  @Test("Only numbers of the usual confidence, unless asked")
  func confidence() throws {
    try addStreet()
    #expect(try store.texts { _ in } == ["14", "142", "1427", "7"])
    #expect(try store.texts { $0.minimumConfidence = 0 } == ["14", "007", "142", "1427", "7"])
    #expect(try store.texts { $0.minimumConfidence = 8_000 } == ["14", "1427"])
  }

  @Test("Exact numbers, prefixes and patterns")
  func numbers() throws {
    try addStreet()
    #expect(try store.texts { $0.number = "14" } == ["14"])
    #expect(try store.texts { ($0.number, $0.minimumConfidence) = ("7", 0) } == ["7"])
    #expect(try store.texts { $0.number = "14*" } == [])
    #expect(try store.texts { $0.prefix = "14" } == ["14", "142", "1427"])
    #expect(try store.texts { $0.prefix = "" } == ["14", "142", "1427", "7"])
    #expect(try store.texts { $0.prefix = "8" } == [])
    #expect(try store.texts { $0.prefix = "1*" } == [])
    #expect(try store.texts { $0.like = "14?" } == ["142"])
    #expect(try store.texts { $0.like = "*7" } == ["1427", "7"])
    #expect(try store.texts { $0.like = "[1]4" } == [])
    #expect(try store.texts { ($0.prefix, $0.like) = ("1", "*7") } == ["1427"])
  }

  @Test("A prefix leaves those of the numbers that begin with it, in their order, whatever else is asked")
  func prefixes() throws {
    var older = method
    older.modelID = digest("b")
    try store.add(archive("a.tar", "2"), [done(0, [number("149", 9_000)])], method: older)
    try addStreet()
    let questions: [(inout NumberQuery) -> Void] = [
      { _ in }, { $0.minimumConfidence = 0 }, { $0.minimumConfidence = 7_500 }, { $0.archive = "a*" },
      { $0.image = "dir/*" }, { $0.like = "*2*" }, { $0.number = "142" }, { $0.number = "7" },
      { ($0.archive, $0.image) = ("b*", "dir/*") },
    ]
    for (index, question) in questions.enumerated() {
      let all = try store.found(question)
      #expect(!all.isEmpty)
      for prefix in ["", "1", "14", "7", "00", "9"] {
        let found = try store.found { query in
          question(&query)
          query.prefix = prefix
        }
        #expect(found == all.filter { $0.number.text.hasPrefix(prefix) }, "question \(index), prefix \(prefix)")
      }
    }
    #expect(try store.texts { ($0.prefix, $0.limit) = ("14", 2) } == ["14", "142"])
  }

  @Test("Patterns for images and archives, in which a bracket is a bracket")
  func names() throws {
    try addStreet()
    #expect(try store.texts { $0.image = "dir/*" } == ["14", "1427", "7"])
    #expect(try store.texts { $0.image = "*[1].png" } == ["1427", "7"])
    #expect(try store.texts { $0.image = "?.png" } == ["142"])
    #expect(try store.texts { $0.image = "DIR/*" } == [])
    #expect(try store.texts { $0.archive = "a*" } == ["14", "142"])
    #expect(try store.texts { $0.archive = "tar" } == [])
  }

  @Test("A limit gives the first ones")
  func limit() throws {
    try addStreet()
    #expect(try store.texts { $0.limit = 2 } == ["14", "142"])
    #expect(try store.texts { $0.limit = 0 } == [])
  }

  @Test("Each source's newest complete set is read, or what is there of an unfinished one")
  func newestSet() throws {
    let source = archive("a.tar", "1")
    func model(_ letter: Character) -> ReadingMethod {
      var other = method
      other.modelID = digest(letter)
      return other
    }
    try store.add(source, [done(0, [number("1", 9_000)])], method: model("b"), complete: false)
    #expect(try store.texts { _ in } == ["1"])
    try store.add(source, [done(0, [number("2", 9_000)])], method: model("c"))
    #expect(try store.texts { _ in } == ["2"])
    try store.add(source, [done(0, [number("3", 9_000)])], method: model("d"), complete: false)
    #expect(try store.texts { _ in } == ["2"])
    try store.add(source, [done(0, [number("4", 9_000)])], method: model("e"))
    #expect(try store.texts { _ in } == ["4"])
  }

  @Test("Whoever takes the numbers can stop, and gets their own error back")
  func stop() throws {
    struct Enough: Error {}
    try addStreet()
    #expect(throws: Enough.self) { try store.forEachNumber(matching: NumberQuery()) { _ in throw Enough() } }
    #expect(try store.found().count == 4)
  }

  @Test(
    "Damaged values are an error, never a trap",
    arguments: [
      "UPDATE numbers SET text = 'abc'", "UPDATE numbers SET text = ''",
      "UPDATE numbers SET confidence = 20000", "UPDATE numbers SET box_width = 9223372036854775807",
      "UPDATE numbers SET box_left = 1", "DELETE FROM digits", "UPDATE digits SET digit = 12",
      "UPDATE digits SET digit = 3", "UPDATE digits SET box_left = 9223372036854775807",
      "UPDATE digits SET position = -1, score = -1", "UPDATE members SET width = NULL, height = NULL",
      "DROP TABLE digits",
      // A column that was strict once: types may now be any.
      """
      UPDATE sqlite_schema SET sql = replace(sql, 'STRICT, WITHOUT', 'WITHOUT') WHERE name = 'numbers';
      PRAGMA writable_schema = RESET;
      UPDATE numbers SET confidence = 'high'
      """,
    ])
  func damaged(sql: String) throws {
    try store.add(archive("a.tar", "1"), [done(0, [number("7", 9_000)], sha256: digest("6"))])
    try store.close()
    try folder.damage(sql)
    let reader = try Store.open(path: folder.database, mode: .read)
    defer { try? reader.close() }
    let queried = #expect(throws: StoreError.self) { try reader.found() }
    #expect(queried?.code == .damaged)
    let lookedUp = #expect(throws: StoreError.self) {
      try reader.knownOutcome(sha256: digest("6"), method: method)
    }
    #expect(lookedUp?.code == .damaged)
  }
}
