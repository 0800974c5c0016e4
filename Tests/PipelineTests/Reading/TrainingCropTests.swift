import DigitNet
import Foundation
import Pipeline
import Testing

/// The recogniser reads what it was taught: streetnum cuts the crops that scripts/train/crops.py cuts.
@Suite("Crops of training")
struct TrainingCropTests {
  private struct Label: Decodable {
    var file, picture: String
    var boxes: [[Int]]
    var upright: Bool
  }

  private static let fixtures =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path + "/fixtures"

  private func pictures(_ archive: String, _ names: Set<String>) throws -> [String: Image] {
    var pictures: [String: Image] = [:]
    try Source(path: Self.fixtures + "/" + archive).forEachImage(named: names.contains) { pictures[$0] = $1 }
    return pictures
  }

  @Test("They are those of streetnum, but for the last bits of their fixed point")
  func agreement() throws {
    let text = try String(contentsOfFile: Self.fixtures + "/crops.jsonl", encoding: .utf8)
    let labels = try text.split(separator: "\n").map { try JSONDecoder().decode(Label.self, from: Data($0.utf8)) }
    let streets = try pictures("street.tar", Set(labels.map(\.picture)))
    let crops = try pictures("crops.tar", Set(labels.map(\.file)))
    #expect(labels.count >= 15 && labels.contains(where: \.upright))
    for label in labels {
      let street = try #require(streets[label.picture])
      let wanted = try #require(crops[label.file])
      let boxes = label.boxes.map { Box(left: $0[0], top: $0[1], width: $0[2], height: $0[3]) }
      let cut = Crop(around: boxes, isUpright: label.upright).pixels(of: street)
      try #require((cut.width, cut.height) == (wanted.width, wanted.height), "\(label.file)")
      let differences = zip(cut.pixels, wanted.pixels).map { abs(Int($0) - Int($1)) }
      // A place may be rounded to the next 1/32 of a pixel: 1/32 of the steepest edge.
      #expect(differences.max() ?? 0 <= 10, "\(label.file)")
      #expect(Double(differences.reduce(0, +)) < 0.5 * Double(differences.count), "\(label.file)")
    }
  }
}
