import DigitNetWeights
import Foundation
import Pipeline
import Testing

/// The article "Numbers from an image in ten lines" of the documentation, compiled, run, and compared with this file.
@Suite("Numbers from an image in ten lines")
struct ArticleTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../..").standardizedFileURL.path

  /// The bytes of a member of a plain tar: a header of 512 bytes with its name and its octal size, then its bytes.
  private static func member(_ name: String, ofTar path: String) throws -> [UInt8] {
    let tar = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    var start = 0
    while start + 512 <= tar.count {
      let size = try #require(Int(String(decoding: tar[(start + 124)..<(start + 135)], as: UTF8.self), radix: 8))
      if tar[start...].starts(with: name.utf8) { return Array(tar[(start + 512)..<(start + 512 + size)]) }
      start += 512 + (size + 511) / 512 * 512
    }
    throw CocoaError(.fileNoSuchFile)
  }

  @Test("The article's code reads a number in a photograph")
  func run() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/photograph.jpg"
    try Data(Self.member("0001.jpg", ofTar: Self.root + "/fixtures/street.tar")).write(to: URL(fileURLWithPath: path))
    var printed: [String] = []
    func print(_ text: String, _ confidence: Int, _ box: Box) { printed.append(text) }

    let loaded = try LoadedModel(file: Model.shippedFile)
    let reader = try NumberReader(model: loaded.model, kernels: .best)
    let photograph = try ImageFile(path: path, limits: ImageLimits())
    for number in try photograph.numbers(reader, threads: 2) where number.confidence >= Confidence.usual {
      print(number.text, number.confidence, number.box)
    }

    #expect(printed == ["27"])
  }

  @Test("The code of the article stands in this file, line for line")
  func text() throws {
    let article = try String(
      contentsOfFile: Self.root + "/docs/libraries/Pipeline.docc/NumbersFromAnImage.md", encoding: .utf8)
    let code = try #require(article.split(separator: "```swift\n").last?.split(separator: "```").first)
    func lines(_ text: some StringProtocol) -> [String] {
      text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
    let own = try lines(String(contentsOfFile: #filePath, encoding: .utf8))
    let wanted = lines(code)
    #expect(wanted.count <= 10)
    let imports = wanted.filter { $0.hasPrefix("import ") }
    #expect(Set(imports).isSubset(of: own))
    let body = wanted.filter { !$0.hasPrefix("import ") }
    #expect(own.indices.contains { own[$0...].starts(with: body) })
  }
}
