import DigitNet
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

  /// The text of a calibration with a weight for each feature.
  private static func calibration(_ weight: (String) -> String) -> String {
    "{" + Hypothesis.featureNames.map { "\"\($0)\": \(weight($0))" }.joined(separator: ", ") + "}"
  }

  /// The built-in model with another calibration (safetensors: the header's length in 8 bytes, the header, the body).
  private func model(calibration: String) throws -> Model {
    let file = Model.shippedFile
    let length = file.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
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
