import DigitNet
import DigitNetWeights
import Foundation
import Pipeline
import TestSupport

/// Small pictures that are quick to read: noise, and what the fixtures show around their numbers.
enum Photographs {
  /// Noise without a number, 24 x 16 pixels; another seed is another picture.
  static func noise(_ seed: Int) -> [UInt8] {
    var state = UInt32(truncatingIfNeeded: seed &* 7_919 &+ 1)
    let samples = (0..<(3 * 24 * 16)).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return Int(state >> 24)
    }
    return PNGEncoder(width: 24, height: 16, samples: samples).file
  }

  /// Cut from the fixtures: those in which the built-in model reads a number.
  static let numbered: [PNGEncoder] = {
    guard let loaded = try? LoadedModel(file: Model.shippedFile),
      let reader = try? NumberReader(model: loaded.model, kernels: .best)
    else { return [] }
    return crops.filter { crop in
      (try? ImageDecoder.decode(crop.file)).map { !reader.numbers(in: $0).isEmpty } ?? false
    }
  }()

  /// The same picture in other bytes.
  static func copy(_ picture: PNGEncoder, _ text: String) -> [UInt8] {
    var copy = picture
    copy.chunksAfter = PNGEncoder.chunk("tEXt", Array("Comment\u{0}\(text)".utf8))
    return copy.file
  }

  private static var crops: [PNGEncoder] {
    var crops: [PNGEncoder] = []
    for (file, box) in truth where box.height < 80 {
      guard let bytes = try? TarMember.read(file), let image = try? ImageDecoder.decode(bytes) else { continue }
      let margin = box.height
      let (left, top) = (max(0, box.left - margin), max(0, box.top - margin))
      let (right, bottom) = (min(image.width, box.right + margin), min(image.height, box.bottom + margin))
      let samples = (top..<bottom).flatMap { y -> [Int] in
        let row = y * image.width
        return image.pixels[3 * (row + left)..<3 * (row + right)].map { Int($0) }
      }
      crops.append(PNGEncoder(width: right - left, height: bottom - top, samples: samples))
    }
    return crops
  }

  /// What the fixtures' labels say: files and their first number's box.
  private static var truth: [(file: String, box: Box)] {
    struct Label: Decodable {
      struct Number: Decodable { var box: [Int] }
      var file: String
      var numbers: [Number]
    }
    let lines = (try? Workplace.fixture("street.jsonl")) ?? []
    return lines.split(separator: UInt8(ascii: "\n")).compactMap { line in
      guard let label = try? JSONDecoder().decode(Label.self, from: Data(line)), let box = label.numbers.first?.box,
        box.count == 4
      else { return nil }
      return (label.file, Box(left: box[0], top: box[1], width: box[2], height: box[3]))
    }
  }
}

/// A member of the fixtures' archive.
enum TarMember {
  /// The member's bytes.
  static func read(_ name: String) throws -> [UInt8] {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["tar", "-xOf", Workplace.fixtures + "/street.tar", name]
    process.standardOutput = output
    try process.run()
    defer { process.waitUntilExit() }
    return Array(output.fileHandleForReading.readDataToEndOfFile())
  }
}
