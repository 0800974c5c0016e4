import Foundation
import Pipeline
import Testing

/// What commands make of reviewers' decisions.
@Suite("Decisions on the command line")
struct ReviewedCommandTests {
  private let workplace: Workplace

  init() throws {
    workplace = try Workplace()
    #expect(try workplace.shell("streetnum ingest $FIXTURES/street.tar").code == 0)
  }

  private func output(_ command: String) throws -> String {
    let result = try workplace.shell(command)
    #expect((result.errors, result.code) == ("", 0))
    return result.output
  }

  private func lines(_ command: String) throws -> [[String: Any]] {
    try output(command).split(separator: "\n").map { line in
      try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
  }

  /// Decides on the numbers of a picture: what is shown there is another number, and nothing is missing.
  private func review(_ image: String, as text: String, in database: String = "streetnum.sqlite") throws {
    let store = try Store.open(path: workplace.path + "/" + database, mode: .write)
    var query = NumberQuery()
    (query.image, query.withProvenance) = (image, true)
    var found: [FoundNumber] = []
    try store.forEachNumber(matching: query) { found.append($0) }
    for number in found {
      let picture = try #require(number.provenance?.imageSHA256)
      _ = try store.decide(
        DecisionRequest(
          picture: picture, verdict: .corrected(text), box: number.number.box, shown: number.number.text,
          reviewer: "ada"))
      _ = try store.decide(DecisionRequest(picture: picture, verdict: .complete, reviewer: "ada"))
    }
    try store.close()
  }

  @Test("export and query apply decisions where they are asked to, and print the same bytes else")
  func reviewed() throws {
    let commands = ["ndjson", "json", "csv", "table"].map { "streetnum export --format \($0)" }
    let before = try commands.map(output)
    let unreviewed = try lines("streetnum export --reviewed")
    #expect(unreviewed.allSatisfy { $0["origin"] as? String == "read" && $0["reviewers_differ"] as? Bool == false })
    try review("0001.jpg", as: "99999")
    #expect(try commands.map(output) == before)
    let all = "number,confidence,digits,origin,reviewer,read_number,read_confidence,reviewers_differ"
    let corrected = try lines("streetnum query --number 99999 --reviewed --format ndjson --fields \(all)")
    #expect(corrected.count == 1)
    let number = try #require(corrected.first)
    #expect(number["confidence"] as? Double == 1 && number["origin"] as? String == "corrected")
    #expect(number["reviewer"] as? String == "ada" && (number["digits"] as? [Any])?.isEmpty == true)
    let read = try #require(number["read_number"] as? String)
    #expect(try output("streetnum query --number \(read) --image 0001.jpg --reviewed") == "")
    #expect(
      try output("streetnum query --number \(read) --image 0001.jpg --format csv --fields origin,reviewer")
        == "origin,reviewer\nread,\n")
    #expect(try lines("streetnum export --reviewed").count == unreviewed.count)
    #expect(try output("streetnum export --reviewed --format csv | head -n 1").hasSuffix(",origin,reviewers_differ\n"))
  }

  @Test("Labels are those of complete pictures, and evaluate takes them by their pictures' bytes")
  func labels() throws {
    #expect(try output("streetnum export --labels") == "")
    try review("0001.jpg", as: "99999")
    let scene = try #require(try lines("streetnum export --labels").first)
    #expect(Set(scene.keys) == ["file", "width", "height", "numbers", "sha256", "archive"])
    #expect((scene["numbers"] as? [[String: Any]])?.map { $0["text"] as? String } == ["99999"])
    let photograph = try #require(try lines("streetnum export --labels --single").first)
    #expect(photograph["number"] as? String == "99999" && photograph["sha256"] as? String == scene["sha256"] as? String)

    // The same name in another archive is another picture.
    let sets = try lines(
      """
      streetnum export --labels > labels.jsonl
      sed 's/"sha256": "[0-9a-f]*"/"sha256": "\(String(repeating: "a", count: 64))"/' labels.jsonl > others.jsonl
      cat others.jsonl >> labels.jsonl
      streetnum evaluate --labels labels.jsonl $FIXTURES/street.tar --json 2> errors
      """)
    let measured = try #require(sets.first)
    #expect(measured["scenes"] as? Int == 2 && measured["missing"] as? Int == 1 && measured["numbers"] as? Int == 2)
    #expect(measured["recall"] as? Double == 0)
    #expect(try workplace.shell("streetnum evaluate --labels others.jsonl $FIXTURES/street.tar").code == 65)
    #expect(try workplace.shell("streetnum export --labels --format csv").code == 64)
    #expect(try workplace.shell("streetnum export --single").code == 64)
  }

  @Test("forget asks what becomes of decisions; merge --decisions brings them to another database")
  func keeping() throws {
    try review("0001.jpg", as: "99999")
    let unasked = try workplace.shell("streetnum forget --archive street.tar --yes")
    #expect(unasked.code == 64 && unasked.errors.contains("--keep-decisions"), "\(unasked.errors)")
    #expect(try output("streetnum forget --archive street.tar --dry-run").contains("2 decisions of reviewers"))
    #expect(try output("streetnum backup copy.sqlite") == "")
    #expect(try workplace.shell("streetnum forget --archive street.tar --yes --with-decisions").code == 0)
    #expect(try workplace.shell("streetnum ingest $FIXTURES/street.tar").code == 0)
    #expect(try output("streetnum query --reviewed --number 99999") == "")
    let merge = try workplace.shell("streetnum merge --decisions copy.sqlite --into streetnum.sqlite")
    #expect(merge.code == 0 && merge.errors.contains("2 decisions of reviewers"), "\(merge.errors)")
    #expect(try output("streetnum query --reviewed --number 99999 --format csv | wc -l") == "2\n")
    #expect(try workplace.shell("streetnum forget --archive street.tar --yes --keep-decisions").code == 0)
    #expect(try workplace.shell("streetnum ingest $FIXTURES/street.tar").code == 0)
    #expect(try output("streetnum query --reviewed --number 99999 --format csv | wc -l") == "2\n")
    #expect(try output("streetnum verify").contains("sound"))
    #expect(try output("streetnum backup copy.sqlite") == "")
    #expect(try workplace.shell("streetnum forget --archive street.tar --yes --with-decisions").code == 0)
    #expect(try output("streetnum backup copy.sqlite") == "", "what was forgotten is not lost")
  }
}
