import ArgumentParser
import DigitNet
import Pipeline

/// `streetnum evidence`: what is known of each candidate, for fitting a model's calibration (scripts/train/calibrate.py).
struct EvidenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence",
    abstract: "Print what is known of each number that pictures may show, as JSON lines, for training.",
    shouldDisplay: false)

  @Argument(help: ArgumentHelp("PNG or JPEG files.", valueName: "image"))
  var images: [String]

  @OptionGroup(title: "Reading") var reading: ReadingOptions

  func run() throws {
    try streetnum.run {
      let (_, reader) = try reading.load()
      let output = StandardOutput()
      for path in images {
        let image = try Picture(path: path, limits: reading.limits).image
        for evidence in reader.candidates(in: image) {
          for hypothesis in evidence.hypotheses {
            try output.write(EvidenceCommand.object(hypothesis, of: evidence.chain, image: path) + "\n")
          }
        }
      }
      try output.flush()
    }
  }

  private static func object(_ hypothesis: Hypothesis, of chain: Chain, image: String) -> String {
    func text(_ values: [Int]) -> String { values.map(String.init).joined() }
    let boxes = chain.digits.map(\.box).map { "[\($0.left), \($0.top), \($0.width), \($0.height)]" }
    let features = zip(Hypothesis.featureNames, hypothesis.features).map { "\(JSONFormat.string($0)): \($1)" }
    let fields = [
      ("image", JSONFormat.string(image)),
      ("number", JSONFormat.string(text(hypothesis.text))),
      ("seen", JSONFormat.string(text(chain.values))),
      ("boxes", "[" + boxes.joined(separator: ", ") + "]"),
      ("features", "{" + features.joined(separator: ", ") + "}"),
    ]
    return "{" + fields.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}"
  }
}
