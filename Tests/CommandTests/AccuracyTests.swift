import Foundation
import Testing

/// How often the built-in model is right, end to end, so that a change that costs accuracy is seen.
@Suite("Accuracy of the built-in model")
struct AccuracyTests {
  private struct Found: Decodable {
    var image, number: String
    var confidence: Double
    var box: [Int]
  }

  private struct Truth: Decodable {
    struct Number: Decodable {
      var text: String
      var box: [Int]
    }
    var file: String
    var number: String?
    var numbers: [Number]?
  }

  private static let data =
    URL(fileURLWithPath: Workplace.fixtures).deletingLastPathComponent().deletingLastPathComponent().path
    + "/shared/data"

  private func lines<Row: Decodable>(_ text: String) throws -> [Row] {
    try text.split(separator: "\n").map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
  }

  private func truth(_ path: String) throws -> [Truth] { try lines(String(contentsOfFile: path, encoding: .utf8)) }

  /// Intersection over union of [left, top, width, height].
  private func overlap(_ a: [Int], _ b: [Int]) -> Double {
    let width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    let height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    let common = max(width, 0) * max(height, 0)
    return Double(common) / Double(a[2] * a[3] + b[2] * b[3] - common)
  }

  @Test("Most numbers of the fixtures are found where they are, and hardly any where there is none")
  func fixtures() throws {
    let workplace = try Workplace()
    #expect(try workplace.shell("streetnum ingest $FIXTURES/street.tar").code == 0)
    let found: [Found] = try lines(workplace.shell("streetnum query --format ndjson").output)
    let wanted = try truth(Workplace.fixtures + "/street.jsonl").flatMap { scene in
      (scene.numbers ?? []).map { (scene.file, $0) }
    }
    let hits = wanted.filter { file, number in
      found.contains { $0.image == file && $0.number == number.text && overlap($0.box, number.box) >= 0.5 }
    }
    #expect(wanted.count == 19)
    #expect(hits.count >= 15, "found \(hits.map { $0.1.text })")
    #expect(found.count - hits.count <= 3, "found \(found.map { "\($0.image): \($0.number)" })")
  }

  @Test("7-9 is two numbers, and never 79")
  func dash() throws {
    let workplace = try Workplace()
    #expect(try workplace.shell("streetnum ingest $FIXTURES/street.tar").code == 0)
    let found: [Found] = try lines(
      workplace.shell("streetnum query --image '*/0016.jpg' --min-confidence 0 --format ndjson").output)
    #expect(Set(found.map(\.number)) == ["7", "9"])
  }

  @Test(
    "86 % of whole photographs of SVHN's official test set, and 94 % of other walls, are read rightly",
    .enabled(
      if: FileManager.default.fileExists(atPath: data + "/svhn-val.tar"),
      "SKIPPED: the photographs for measuring are not beside this checkout"),
    arguments: [("svhn-val", 0.86), ("scenes-val", 0.94)])
  func photographs(set: String, least: Double) throws {
    let workplace = try Workplace()
    #expect(try workplace.shell("streetnum ingest \(Self.data)/\(set).tar").code == 0)
    let found: [Found] = try lines(workplace.numbers())
    let best = Dictionary(grouping: found, by: \.image).mapValues { numbers in
      numbers.max { $0.confidence < $1.confidence }?.number
    }
    let wanted = try truth("\(Self.data)/\(set).jsonl")
    let right = wanted.filter { $0.number != nil && best[$0.file] == $0.number }
    #expect(Double(right.count) >= least * Double(wanted.count), "\(right.count) of \(wanted.count)")
  }
}
