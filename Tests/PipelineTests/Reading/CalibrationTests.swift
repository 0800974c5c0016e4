import DigitNet
import DigitNetWeights
import Foundation
import Pipeline
import Testing

@Suite("How sure a number is")
struct CalibrationTests {
  @Test(
    "A model whose calibration can't be read is refused",
    arguments: [
      "", "{}", "[1]", "{\"read\": 1}", CalibrationTests.calibration { $0 == "read" ? "\"1\"" : "1" },
      CalibrationTests.calibration { $0 == "read" ? "1e308" : "1" },
      CalibrationTests.calibration { _ in "1" }.replacingOccurrences(of: "read", with: "written"),
    ])
  func malformedCalibration(text: String) throws {
    #expect(throws: ModelError.self) { try Calibration(model: model(calibration: text)) }
  }

  @Test("A model's calibration is taken as it is, by the features' names")
  func wellFormed() throws {
    let text = CalibrationTests.calibration { $0 == "rival" ? "-2.5" : "0.5" }
    let weights = try Calibration(model: model(calibration: text)).weights
    #expect(weights == Hypothesis.featureNames.map { $0 == "rival" ? -2.5 : 0.5 })
  }

  /// The confidence of what the detector saw, that was not read as a whole, with digits of these scores.
  private func confidence(_ scores: [Int]) throws -> Int {
    let weights = Hypothesis.featureNames.map { $0 == "read" ? 1.0 : $0 == "weakest digit" ? 0.5 : 0 }
    let digits = scores.enumerated().map { place, score in
      Digit(value: place, score: score, box: Box(left: 18 * place, top: 0, width: 16, height: 24))
    }
    let reading = Reading(chain: Chain(digits: digits, isUpright: false), transcripts: [])
    let evidence = Evidence(reading: reading, surroundings: Surroundings(), mostDigits: 6)
    let hypothesis = try #require(evidence.hypotheses.first)
    #expect(evidence.hypotheses.count == 1 && hypothesis.text == digits.map(\.value))
    return Calibration(weights: weights).confidence(of: hypothesis)
  }

  @Test("The surer its digits, the surer a number")
  func monotone() throws {
    let confidences = try stride(from: 5_000, through: 10_000, by: 250).map { try confidence([9_500, $0]) }
    #expect(confidences == confidences.sorted())
    #expect(Set(confidences).count > 15)
    #expect(try confidence([9_500, 9_500]) > confidence([9_500, 9_500, 9_500, 9_500]))
  }

  /// The text of a calibration with a weight for each feature.
  private static func calibration(_ weight: (String) -> String) -> String {
    "{" + Hypothesis.featureNames.map { "\"\($0)\": \(weight($0))" }.joined(separator: ", ") + "}"
  }

  /// The built-in model with another calibration (safetensors: the header's length in 8 bytes, the header, the body).
  private func model(calibration: String) throws -> Model {
    let file = Model.shippedFile
    let length = try #require(file.integer(at: 0, count: 8, .little))
    let object = try JSONSerialization.jsonObject(with: Data(file[8..<(8 + length)]))
    var header = try #require(object as? [String: Any])
    var metadata = try #require(header["__metadata__"] as? [String: String])
    metadata["calibration"] = calibration
    header["__metadata__"] = metadata
    let text = Array(try JSONSerialization.data(withJSONObject: header))
    let size = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
    return try Model(file: size + text + file[(8 + length)...])
  }
}
