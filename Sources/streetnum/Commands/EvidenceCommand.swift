import ArgumentParser
import DigitNet
import Pipeline

/// `streetnum evidence`: prints the evidence of each candidate, for fitting a model's calibration
/// (scripts/train/calibrate.py).
struct EvidenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence",
    abstract: "Print what is known of each number that pictures may show, as JSON lines, for training.",
    shouldDisplay: false)

  @Argument(help: ArgumentHelp("PNG or JPEG files.", valueName: "image"), completion: .file())
  var images: [String]

  @OptionGroup(title: "Reading") var networks: NetworkOptions

  func run() throws {
    try streetnum.run {
      let (_, reader) = try networks.load()
      let output = StandardOutput()
      let code = try networks.pictures.forEachImage(of: images) { path, picture in
        let image = try picture.image()
        for evidence in reader.candidates(in: image) {
          try output.write(EvidenceCommand.object(evidence, of: image, path: path) + "\n")
        }
      }
      try output.flush()
      if code != .success { throw code }
    }
  }

  private static func object(_ evidence: Evidence, of image: Image, path: String) -> String {
    JSON.object([
      ("image", JSON.string(path)), ("width", "\(image.width)"), ("height", "\(image.height)"),
      ("digits", JSONFormat.array(evidence.reading.chain.digits)),
      ("hypotheses", JSON.array(evidence.hypotheses.map(object))),
    ])
  }

  private static func object(_ hypothesis: Hypothesis) -> String {
    let number = hypothesis.text.map(String.init).joined()
    let features = zip(Hypothesis.featureNames, hypothesis.features).map { (key: $0, json: "\($1)") }
    return JSON.object([("number", JSON.string(number)), ("features", JSON.object(features))])
  }
}
