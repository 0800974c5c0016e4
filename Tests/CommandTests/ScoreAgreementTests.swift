import Foundation
import Testing

/// `streetnum evaluate` and the project's own scoring script, which share no code, come to the same figures.
@Suite("streetnum evaluate, beside the scoring script", .enabled(if: SharedFolder.exists, SharedFolder.skipped))
struct ScoreAgreementTests {
  let workplace: Workplace

  init() throws { workplace = try Workplace() }

  /// Python with Pillow, which makes scenes: STREETNUM_PYTHON, else python3.
  private static let python = ProcessInfo.processInfo.environment["STREETNUM_PYTHON"] ?? "python3"

  @Test("The first photographs of both sets", arguments: [("svhn-val", 60), ("scenes-val", 15)])
  func photographs(set: String, count: Int) throws {
    let data = SharedFolder.path + "/data/" + set
    let made = try workplace.shell(
      """
      head -n \(count) \(data).jsonl > labels.jsonl; mkdir photos
      sed 's/.*"file": "\\([^"]*\\)".*/\\1/' labels.jsonl | tar -xf \(data).tar -C photos -T -
      """)
    try #require(made.code == 0, "\(made.errors)")
    let keys = try compare("labels.jsonl photos", confidence: 0)
    #expect(keys.isSuperset(of: ["accuracy", "coverage_at_98", "calibration_error", "accuracy_by_length"]))
    #expect(keys.contains("digit_f1") == (set == "svhn-val"))
  }

  @Test("The fixtures, at two confidences", arguments: [0, 0.5])
  func fixtures(confidence: Double) throws {
    let keys = try compare("$FIXTURES/street.jsonl $FIXTURES/street.tar", confidence: confidence)
    #expect(keys.isSuperset(of: ["precision", "recall", "recall_interval", "false_per_scene", "false_per_megapixel"]))
  }

  @Test("A large scene of photographs set into others")
  func mosaic() throws {
    guard try workplace.shell("\(Self.python) -c 'import PIL'").code == 0 else {
      Issue.record("SKIPPED: no Pillow in python3; STREETNUM_PYTHON may name one that has it", severity: .warning)
      return
    }
    let data = SharedFolder.path + "/data"
    let made = try workplace.shell(
      """
      \(Self.python) \(SharedFolder.path)/eval/mosaics.py --photographs \(data)/svhn-val.tar \
        --backgrounds \(data)/backgrounds.tar --out . --count 1
      """)
    try #require(made.code == 0, "\(made.errors)")
    for confidence in [0, 0.5] { _ = try compare("scenes.jsonl scenes.tar", confidence: confidence) }
  }

  /// Compares both on labels and an input, to four decimals; returns what was compared.
  private func compare(_ input: String, confidence: Double) throws -> Set<String> {
    let scored = try workplace.shell(
      """
      set -- \(input); rm -f x.sqlite
      streetnum ingest --db x.sqlite $2 && streetnum query --db x.sqlite --min-confidence \(confidence) --format ndjson \
        > x.ndjson && python3 \(SharedFolder.path)/eval/score.py --labels $1 --predictions x.ndjson --json
      """)
    try #require(scored.code == 0, "\(scored.errors)")
    let evaluated = try workplace.shell(
      "set -- \(input); streetnum evaluate --labels $1 $2 --json --min-confidence \(confidence)")
    try #require(evaluated.code == 0, "\(evaluated.errors)")
    let (theirs, ours) = (try figures(scored.output), try figures(evaluated.output))
    #expect(!theirs.isEmpty)
    for (key, figure) in theirs {
      let own = try #require(ours[key], "\(key) is missing")
      #expect(abs(figure - own) < 0.00005, "\(key): \(own), not \(figure)")
    }
    return Set(theirs.keys.map { String($0.prefix { $0 != "/" }) })
  }

  /// All figures of a JSON object, by their path.
  private func figures(_ json: String) throws -> [String: Double] {
    func walk(_ value: Any, _ path: String) -> [(String, Double)] {
      switch value {
      case let object as [String: Any]: object.flatMap { walk($0.value, "\(path)/\($0.key)") }
      case let array as [Any]: array.enumerated().flatMap { walk($0.element, "\(path)/\($0.offset)") }
      case let figure as Double: [(String(path.dropFirst()), figure)]
      default: []
      }
    }
    return Dictionary(walk(try JSONSerialization.jsonObject(with: Data(json.utf8)), "")) { $1 }
  }
}

/// The folder beside this checkout with photographs for measuring.
private enum SharedFolder {
  static let path =
    URL(fileURLWithPath: Workplace.fixtures).deletingLastPathComponent().deletingLastPathComponent().path + "/shared"
  static let skipped: Comment = "SKIPPED: there is no scoring script beside this checkout, or no python3"
  static var exists: Bool {
    FileManager.default.fileExists(atPath: path + "/eval/score.py") && Workplace.has("python3")
  }
}
