import Foundation
import Testing

/// `streetnum learn calibrate`: it writes what is better on what it was not fitted on, and nothing else.
@Suite("learn calibrate")
struct CalibrateTests {
  let workplace: Workplace

  init() throws {
    workplace = try Workplace()
    _ = try workplace.shell("mkdir photographs")
  }

  /// Copies of pictures, each with the label that `label` gives it: the numbers that the built-in model reads in it, or others.
  private func write(
    copies: Int, of pictures: Int = .max, label: (_ copy: Int, _ read: String) -> String
  ) throws {
    var lines: [String] = []
    for (place, picture) in Photographs.numbered.prefix(pictures).enumerated() {
      try workplace.write(Photographs.copy(picture, "0"), "one.png")
      let read = try workplace.shell("streetnum detect one.png --format csv | tail -n 1 | cut -d, -f7").output
      for copy in 0..<copies {
        let number = label(copy, read.trimmingCharacters(in: .newlines))
        try workplace.write(Photographs.copy(picture, "\(copy)"), "photographs/\(place)-\(copy).png")
        lines.append(#"{"file": "\#(place)-\#(copy).png", "number": "\#(number)"}"#)
      }
    }
    try workplace.write(Array(lines.joined(separator: "\n").utf8), "labels.jsonl")
  }

  private func calibrate(_ options: String = "") throws -> Workplace.Outcome {
    try workplace.shell("streetnum learn calibrate photographs --labels labels.jsonl -o new.safetensors \(options)")
  }

  /// The losses on what was left out: of the model, and of the fitted confidences.
  private func losses(_ result: Workplace.Outcome) throws -> [Double] {
    try ["the model", "fitted  "].map { name in
      let line = try #require(result.output.split(separator: "\n").first { $0.hasPrefix(name) })
      return try #require(line.split(separator: " ").compactMap { Double($0) }.first)
    }
  }

  @Test("A model that fits better is written, with its networks as they were")
  func better() throws {
    // Right wherever the model is: its confidences are too modest for these.
    try write(copies: 4) { $1 }
    let result = try calibrate()
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    let (before, after) = (try losses(result)[0], try losses(result)[1])
    #expect(after < before)
    let read = try ["", "--model new.safetensors"].map { model in
      try workplace.shell("streetnum detect photographs/0-0.png --format csv \(model) | tail -n 1 | cut -d, -f7").output
    }
    #expect(read[0] == read[1] && !read[0].isEmpty)
    #expect(try calibrate("--model new.safetensors -o third.safetensors").code != 78)
  }

  @Test("A model that is no better where it was not fitted is not written")
  func worse() throws {
    // One picture, under its own number and, a few times, under another: what is fitted on these few fails for all the rest.
    try write(copies: 40, of: 1) { $0 < 35 ? $1 : "44" }
    let result = try calibrate()
    #expect(result.code == 3, "\(result.output)\(result.errors)")
    #expect(try losses(result)[1] >= losses(result)[0])
    #expect(result.output.hasSuffix("nothing is written\n") && !workplace.exists("new.safetensors"))
  }

  @Test("Too few photographs, labels of others, and what must not be replaced")
  func badInput() throws {
    try write(copies: 1) { $1 }
    let few = try calibrate()
    #expect(few.code == 65 && few.errors.contains("label more photographs"), "\(few.errors)")
    #expect(try workplace.shell("streetnum learn calibrate none.tar --labels labels.jsonl -o x").code == 66)
    #expect(try workplace.shell("streetnum learn calibrate photographs --labels none -o x").code == 66)
    #expect(
      try workplace.shell("streetnum learn calibrate photographs --labels labels.jsonl -o labels.jsonl").code == 64)
    #expect(!workplace.exists("new.safetensors"))
  }
}
