import Foundation
import GRDB
import Testing

/// That what is read of a picture never changes under the digest by which it is kept: stored numbers would then be taken for those
/// that this code reads.
@Suite("Digests and the numbers that they stand for")
struct MethodRecordTests {
  private static let record = "Tests/CommandTests/method-record.txt"

  @Test("Each digest stands for one export of the fixtures")
  func record() throws {
    let workplace = try Workplace()
    let fixtures = "$FIXTURES/street.tar $FIXTURES/crops.tar"
    #expect(try workplace.shell("streetnum ingest \(fixtures)").code == 0)
    let numbers = try workplace.shell("streetnum export --min-confidence 0 | sha256sum | cut -d' ' -f1").output
      .trimmingCharacters(in: .newlines)
    let digest = try #require(
      try DatabaseQueue(path: workplace.path + "/streetnum.sqlite").read { db in
        try String.fetchOne(db, sql: "SELECT DISTINCT method FROM result_sets")
      })
    let known = try Repository.text(Self.record).split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: " ").map(String.init) }
    guard let recorded = known.first(where: { $0.first == digest })?.last else {
      Issue.record(
        """
        The model or something that decides numbers has changed, and so has the method's digest. Where that is meant, add this \
        line at the end of \(Self.record):
        \(digest) \(numbers)
        """)
      return
    }
    #expect(
      numbers == recorded,
      """
      Other numbers are read in the fixtures, and the method's digest is what it was: users would keep the old ones beside the \
      new. Count NumberReader.revision up, or name the constant that changed in the `constants` beside it (NumberReader+Identity.swift); \
      then add the line that this test asks for.
      """)
  }

  @Test("Every constant of the stages that decide numbers is part of the digest, or decides none")
  func constants() throws {
    // Those that decide time and memory alone, are what a model is checked against, are parameters, or name a class or a state.
    let others: Set = [
      "leastPart", "bandRows", "most", "mostWeight", "revision", "leastConfidence", "none", "empty", "channels",
    ]
    // Those that were named when no number changed: until they change, `NumberReader.revision` stands for them.
    let later: Set = ["turn", "straight", "sameDigit", "outliers", "manyDigits", "lowHeight", "farApart"]
    let folders =
      ["Detection", "Recognition", "Pyramid", "Values"].map { "Sources/DigitNet/\($0)" } + ["Sources/Pipeline/Reading"]
    let definition = /static let (\w+)(: \w+)? = ([-\d]|\[-?\d|\(\w+: \d)/
    var found = 0
    for text in try folders.flatMap({ try Repository.texts(below: $0) }) {
      for match in text.matches(of: definition) where !others.union(later).contains(String(match.1)) {
        let key = match.1.replacing(/[A-Z]/) { "_" + $0.output.lowercased() }
        #expect(
          text.contains("\"\(key)\": ") || text.contains("_\(key)\": "),
          "\(match.1) is in no `constants` beside it; see NumberReader+Identity.swift")
        found += 1
      }
    }
    #expect(found > 20, "\(found)")
  }
}
