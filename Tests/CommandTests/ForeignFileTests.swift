import Foundation
import Testing

/// No command replaces a file that streetnum did not write.
@Suite("Files of others")
struct ForeignFileTests {
  private let workplace: Workplace

  init() throws {
    workplace = try Workplace()
    try workplace.write(HandwrittenFiles.images(60), "train-images-idx3-ubyte")
    try workplace.write(HandwrittenFiles.labels(60), "train-labels-idx1-ubyte")
    try workplace.write(HandwrittenFiles.images(10), "t10k-images-idx3-ubyte")
    try workplace.write(HandwrittenFiles.labels(10), "t10k-labels-idx1-ubyte")
    let made = try workplace.shell(
      "streetnum ingest $FIXTURES/crops.tar && mkdir inbox empty && tar -xf $FIXTURES/street.tar 0004.png")
    #expect(made.code == 0, "\(made.errors)")
  }

  /// Commands that write a file `out`, and whether they get so far with these inputs.
  private static let commands = [
    "report -o out", "learn mnist . --epochs 1 -o out", "show 0004.png -o out", "explain --filters -o out",
    "nightly --inbox inbox --report out", "nightly --inbox inbox --metrics out",
    "export --format geopackage -o out",
  ]

  @Test("Its own earlier output is replaced, and so is an empty file", arguments: commands)
  func own(command: String) throws {
    for first in [": > out", "rm out"] {
      for attempt in 1...2 {
        let result = try workplace.shell("\(attempt == 1 ? first : "true"); streetnum \(command)")
        #expect(result.code == 0, "\(result.errors)")
      }
    }
  }

  @Test(
    "Another file is refused with output.foreign and stays as it is",
    arguments: commands + [
      "learn calibrate $FIXTURES/crops.tar --labels l -o out", "learn classify 0004.png --weights w --outputs out",
    ])
  func foreign(command: String) throws {
    let files: [(String, [UInt8])] = [
      ("a note", Array("a note of mine\n".utf8)), ("a page", Array("<!DOCTYPE html>\n<html><title>Mine</title>".utf8)),
      ("numbers", Array("1.5\n2.5\n".utf8)), ("a picture", Photographs.noise(1)),
      ("weights", Self.safetensors(#"{"__metadata__":{"format":"pt"}}"#)), ("bytes", [0, 1, 2]),
      ("an impossible header", [255, 255, 255, 255, 255, 255, 255, 127]),
    ]
    for (name, bytes) in files {
      try workplace.write(bytes, "out")
      let result = try workplace.shell("streetnum \(command)")
      #expect(result.code == 64 && result.errors.hasSuffix("(output.foreign)\n"), "\(name): \(result.errors)")
      #expect(result.lines.count == 1 && result.output == "", "\(name): \(result.errors)")
      #expect(try Array(Data(contentsOf: URL(fileURLWithPath: workplace.path + "/out"))) == bytes, "\(name)")
    }
  }

  @Test("A network is no model, and a model that was not calibrated here is not replaced by one that is")
  func models() throws {
    #expect(try workplace.shell("streetnum learn mnist . --epochs 1 -o out").code == 0)
    let calibrate = "streetnum learn calibrate $FIXTURES/crops.tar --labels l -o out"
    #expect(try workplace.shell(calibrate).errors.hasSuffix("(output.foreign)\n"))
    try workplace.write(Self.safetensors(#"{"__metadata__":{"format":"streetnum"}}"#), "out")
    #expect(try workplace.shell(calibrate).errors.hasSuffix("(output.foreign)\n"))
    #expect(try workplace.shell("streetnum learn mnist . --epochs 1 -o out").errors.hasSuffix("(output.foreign)\n"))
    // Of one that was, the next thing that is missing is told.
    try workplace.write(
      Self.safetensors(#"{"__metadata__":{"calibrated_by":"0.2.0","format":"streetnum"}}"#), "out")
    #expect(try workplace.shell(calibrate).errors.contains("labels.missing"))
  }

  @Test("Outputs of another shape than a classification's are not replaced; a classification's are")
  func outputs() throws {
    let classify = "streetnum learn classify 0004.png --weights none --outputs out"
    for (count, suffix, isOwn) in [(1000, "", true), (999, "", false), (1000, "0", false)] {
      let lines = (0..<count).map { "\(Float($0) / 8)\(suffix)\n" }.joined()
      try workplace.write(Array(lines.utf8), "out")
      let result = try workplace.shell(classify)
      #expect(result.errors.contains("output.foreign") == !isOwn, "\(count) \(suffix): \(result.errors)")
    }
  }

  @Test("Charts and the page of errors replace their like alone")
  func folder() throws {
    let first = try workplace.shell(
      """
      printf '{"file": "0004.png", "number": "19"}' > labels.jsonl
      streetnum evaluate --labels labels.jsonl 0004.png --pictures drawn && streetnum evaluate --labels labels.jsonl 0004.png --pictures drawn
      """)
    #expect(first.code == 0, "\(first.errors)")
    // As version 0.1.0 wrote the page.
    let older = try workplace.shell(
      """
      sed -i 's/<title>Errors:/<title>What was read wrongly:/' drawn/errors.html
      streetnum evaluate --labels labels.jsonl 0004.png --pictures drawn
      """)
    #expect(older.code == 0, "\(older.errors)")
    for name in ["coverage.svg", "errors.html"] {
      let mine = name.hasSuffix("svg") ? "<svg xmlns=\"http://www.w3.org/2000/svg\"/>" : "<!DOCTYPE html>\n<html>"
      try workplace.write(Array(mine.utf8), "drawn/\(name)")
      let result = try workplace.shell("streetnum evaluate --labels labels.jsonl 0004.png --pictures drawn")
      #expect(result.code == 64 && result.errors.contains("(output.foreign)"), "\(result.errors)")
      #expect(try workplace.shell("cat drawn/\(name)").output == mine)
      _ = try workplace.shell("rm drawn/\(name)")
    }
  }

  /// A safetensors file of a header alone.
  private static func safetensors(_ header: String) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) } + Array(header.utf8)
  }
}
