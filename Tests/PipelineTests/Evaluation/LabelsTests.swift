import DigitNet
import Foundation
import Pipeline
import Testing

@Suite("Labels")
struct LabelsTests {
  private func read(_ text: String) throws(LabelsError) -> Labels { try Labels(lines: Array(text.utf8)) }

  @Test("Photographs have a number, and may have digits; empty lines and other keys don't matter")
  func photographs() throws {
    let labels = try read(
      """
      {"file": "1.png", "width": 99, "height": 47, "number": "07", "votes": 3}

        {"number": "5", "file": "a/2.png", "digits": [{"digit": 5, "box": [-1, 7, 19.0, 30]}]}\r
      """)
    let digit = LabelledDigit(value: 5, box: Box(left: -1, top: 7, width: 19, height: 30))
    #expect(
      labels
        == .photographs([
          LabelledPhotograph(file: "1.png", number: "07"),
          LabelledPhotograph(file: "a/2.png", number: "5", digits: [digit]),
        ]))
    #expect(labels.files == ["1.png", "a/2.png"])
  }

  @Test("Scenes have any count of numbers, and may have a size")
  func scenes() throws {
    let labels = try read(
      """
      {"file": "1.jpg", "numbers": []}
      {"file": "2.jpg", "width": 400, "height": 300, "numbers": [{"text": "19", "box": [1, 2, 30, 40]}]}
      """)
    let number = LabelledNumber(text: "19", box: Box(left: 1, top: 2, width: 30, height: 40))
    #expect(
      labels
        == .scenes([
          LabelledScene(file: "1.jpg", numbers: []), LabelledScene(file: "2.jpg", pixels: 120_000, numbers: [number]),
        ]))
  }

  private static let good = #"{"file": "0.png", "number": "1"}"#

  @Test(
    "A line that is no label is named, with what it lacks",
    arguments: [
      ("x", "not JSON"), ("{\"file\": \"1.png\", ", "not JSON"), ("[1]", "not a JSON object"),
      ("7", "not a JSON object"),
      (#"{"number": "1"}"#, "`file` is missing"), (#"{"file": 1, "number": "1"}"#, "`file` is not a string"),
      (#"{"file": "", "number": "1"}"#, "`file` is empty"),
      (#"{"file": "1.png"}"#, "`number` or `numbers` is missing"),
      (#"{"file": "1.png", "number": 19}"#, "`number` is not a string"),
      (#"{"file": "1.png", "number": ""}"#, "`number` is empty"),
      (#"{"file": "1.png", "number": "12A"}"#, "`number` must be one to six digits"),
      (#"{"file": "1.png", "number": "1234567"}"#, "`number` must be one to six digits"),
      (#"{"file": "1.png", "numbers": [{"text": "-5", "box": [0, 0, 1, 1]}]}"#, "`text` must be one to six digits"),
      (#"{"file": "1.png", "number": "1", "digits": 1}"#, "`digits` is not an array"),
      (#"{"file": "1.png", "number": "1", "digits": [{"digit": 10, "box": [0, 0, 1, 1]}]}"#, "0 to 9, not 10"),
      (#"{"file": "1.png", "number": "1", "digits": [{"digit": 1}]}"#, "`digits[0].box` is missing"),
      (#"{"file": "1.png", "number": "1", "digits": [{"digit": 1, "box": [0, 0, 1]}]}"#, "a box must be [left, top"),
      (#"{"file": "1.png", "number": "1", "digits": [{"digit": 1, "box": [0, 0, 1, 0]}]}"#, "a box must be [left, top"),
      (#"{"file": "1.png", "number": "1", "digits": [{"digit": 1, "box": [0.5, 0, 1, 1]}]}"#, "in whole pixels"),
      (#"{"file": "1.png", "number": "1", "digits": [{"digit": 1, "box": [1e30, 0, 1, 1]}]}"#, "a box must be"),
      (#"{"file": "1.png", "number": "1", "width": 1e9, "height": 1}"#, "`width` and `height` are 1 to 1000000"),
      (#"{"file": "1.png", "numbers": []}"#, "two kinds"),
      (#"{"file": "0.png", "number": "1"}"#, "already has a label on line 1"),
    ])
  func malformed(line: String, says: String) throws {
    let error = #expect(throws: LabelsError.self) { try read("\(Self.good)\n\n\(line)\n\(Self.good)\n") }
    #expect(error?.code == .malformed)
    #expect(error?.line == 3)
    #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
  }

  @Test("A file without a label, one that isn't there, a folder: each has its code")
  func files() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/labels.jsonl"
    try Data("\n \n".utf8).write(to: URL(fileURLWithPath: path))
    for (path, code) in [(path, LabelsError.Code.malformed), (path + "x", .missing), (folder.path, .unreadable)] {
      let error = #expect(throws: LabelsError.self) { try Labels(path: path) }
      #expect(error?.code == code)
      #expect(error?.path == path)
    }
  }
}
