import Foundation
import FoundationXML
import TestSupport
import Testing

/// What `streetnum evaluate` says of photographs whose numbers are known.
@Suite("streetnum evaluate")
struct EvaluateTests {
  let workplace: Workplace

  init() throws { workplace = try Workplace() }

  private static let fixtures = "--labels $FIXTURES/street.jsonl $FIXTURES/street.tar"

  private func fields(_ json: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any], "\(json)")
  }

  /// The cells behind the first one of a table's row.
  private func row(_ name: String, of table: String) throws -> [String] {
    let rows = table.split(separator: "\n").map { line in
      line.components(separatedBy: "  ").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
    return Array(try #require(rows.first { $0.first == name }, "\(table)").dropFirst())
  }

  /// Makes photos/0.png and so on, each with a number; returns what is read in them.
  private func makePhotographs(_ count: Int) throws -> [String] {
    try FileManager.default.createDirectory(atPath: workplace.path + "/photos", withIntermediateDirectories: true)
    try #require(Photographs.numbered.count >= count)
    return try (0..<count).map { index in
      try workplace.write(Photographs.numbered[index].file, "photos/\(index).png")
      let csv = try workplace.shell("streetnum detect --min-confidence 0 --format csv photos/\(index).png").output
      return try #require(csv.split(separator: "\n").dropFirst().first).components(separatedBy: ",")[6]
    }
  }

  private func label(_ rows: [(file: String, number: String)]) throws {
    let lines = rows.map { #"{"file": "\#($0.file)", "number": "\#($0.number)"}"# + "\n" }
    try workplace.write(Array(lines.joined().utf8), "labels.jsonl")
  }

  @Test("Scenes: a table for people, the same figures as JSON, and nothing left behind")
  func scenes() throws {
    let table = try workplace.shell(
      "mkdir tmp; TMPDIR=$PWD/tmp SQLITE_TMPDIR=$PWD/tmp streetnum evaluate \(Self.fixtures)")
    #expect(table.code == 0)
    #expect(table.output.hasPrefix("16 scenes with 19 numbers of street.jsonl, read with "), "\(table.output)")
    let json = try workplace.shell("streetnum evaluate \(Self.fixtures) --json")
    #expect(json.code == 0)
    let fields = try fields(json.output)
    #expect(fields["scenes"] as? Int == 16)
    #expect(fields["numbers"] as? Int == 19)
    #expect(fields["default_confidence"] as? Double == 0.5)
    for name in ["precision", "recall"] {
      let share = try #require(fields[name] as? Double)
      #expect(share > 0.7)
      #expect(try row(name, of: table.output).first == String(format: "%.2f %%", share * 100))
    }
    for (name, key) in [("scene", "false_per_scene"), ("megapixel", "false_per_megapixel")] {
      let figure = try #require(fields[key] as? Double)
      #expect(try row("false numbers per \(name)", of: table.output).first == String(format: "%.4f", figure))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: workplace.path) == ["tmp"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: workplace.path + "/tmp").isEmpty)
  }

  @Test("A higher --min-confidence finds no more")
  func confidence() throws {
    let recalls = try ["0", "0.5", "1"].map { least in
      let json = try workplace.shell("streetnum evaluate \(Self.fixtures) --json --min-confidence \(least)").output
      let fields = try fields(json)
      #expect(fields["default_confidence"] as? Double == Double(least))
      return try #require(fields["recall"] as? Double)
    }
    #expect(recalls == recalls.sorted(by: >))
    #expect(recalls[0] > 0.7 && recalls[2] == 0)
  }

  @Test("Photographs: one right, one wrong, one missing, one without a label; each is said")
  func photographs() throws {
    let numbers = try makePhotographs(3)
    try label([("x/0.png", numbers[0]), ("1.png", numbers[1] + "0"), ("gone.png", "1")])
    let result = try workplace.shell("streetnum evaluate --labels labels.jsonl photos --json")
    #expect(result.code == 0)
    let fields = try fields(result.output)
    #expect(fields["photographs"] as? Int == 3)
    #expect(try #require(fields["accuracy"] as? Double) == 1.0 / 3)
    #expect(try #require(fields["answered"] as? Double) == 2.0 / 3)
    #expect(fields["missing"] as? Int == 1 && fields["unlabelled"] as? Int == 1 && fields["rejected"] as? Int == 0)
    #expect(fields["digit_f1"] == nil, "no digits are labelled")
    #expect(result.errors.contains("not in the inputs, counted as unanswered: 1 of 3 labelled photographs: gone.png"))
    #expect(result.errors.contains("without a label, not scored: 1 of the pictures: 2.png"), "\(result.errors)")
    let table = try workplace.shell("streetnum evaluate --labels labels.jsonl photos")
    #expect(try row("whole numbers right", of: table.output) == ["33.33 %", "6.15 to 79.23 %", "of 3"])
    #expect(try row("coverage at 98 % precision", of: table.output).last == "of 3")
  }

  @Test("A rejected photograph counts as unanswered, 3")
  func rejected() throws {
    let numbers = try makePhotographs(1)
    try label([("0.png", numbers[0]), ("bad.png", "1")])
    let result = try workplace.shell(
      """
      head -c 300 photos/0.png > photos/bad.png
      streetnum evaluate --labels labels.jsonl photos --pictures out --json
      """)
    #expect(result.code == 3)
    let fields = try fields(result.output)
    #expect(fields["accuracy"] as? Double == 0.5)
    #expect(fields["rejected"] as? Int == 1 && fields["missing"] as? Int == 0)
    #expect(result.errors.contains("bad.png: rejected: "), "\(result.errors)")
    #expect(result.errors.contains("rejected, counted as unanswered: 1 of 2"), "\(result.errors)")
    let page = try String(contentsOfFile: workplace.path + "/out/errors.html", encoding: .utf8)
    #expect(page.contains("bad.png") && page.contains("the PNG file is truncated"))
  }

  @Test("One of several inputs is unusable: the others are measured, 3")
  func oneOfTwo() throws {
    let numbers = try makePhotographs(1)
    try label([("0.png", numbers[0])])
    let result = try workplace.shell("streetnum evaluate --labels labels.jsonl none.tar photos/0.png --json")
    #expect(result.code == 3)
    #expect(try fields(result.output)["accuracy"] as? Double == 1)
  }

  @Test(
    "What can't be measured is its code and one line, and prints nothing",
    arguments: [
      ("--labels none.jsonl photos", 66, "none.jsonl: There is no such file"),
      ("--labels bad.jsonl photos", 65, "bad.jsonl: line 2: "),
      ("--labels empty.jsonl photos", 65, "empty.jsonl: It has no labels"),
      ("--labels photos photos", 74, "photos: The system can't read it"),
      ("--labels good.jsonl none.tar", 66, "none.tar: There is no such file"),
      ("--labels good.jsonl good.jsonl", 65, "good.jsonl: "),
      ("--labels good.jsonl photos --pictures good.jsonl", 73, "good.jsonl: "),
      ("--labels good.jsonl photos --pictures good.jsonl/x", 73, "good.jsonl/x: "),
    ] as [(String, Int32, String)])
  func errors(arguments: String, code: Int32, says: String) throws {
    let result = try workplace.shell(
      """
      mkdir photos; tar -xf $FIXTURES/street.tar -C photos 0003.jpg; : > empty.jsonl
      echo '{"file": "0003.jpg", "number": "853"}' > good.jsonl; (cat good.jsonl; echo '{"file": 1}') > bad.jsonl
      streetnum evaluate \(arguments)
      """)
    #expect(result.code == code)
    #expect(result.lines.count == 1 && result.errors.contains(says), "\(result.errors)")
    #expect(result.output == "")
  }

  @Test("Labels that belong to no picture of the inputs: 65, and both are named")
  func noMatch() throws {
    try workplace.write(Photographs.noise(0), "a.png")
    try label([("b.png", "1")])
    let result = try workplace.shell("streetnum evaluate --labels labels.jsonl a.png --pictures out")
    #expect(result.code == 65)
    #expect(result.output == "")
    #expect(result.errors.contains("the labels name b.png, the inputs hold a.png"), "\(result.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: workplace.path + "/out").isEmpty)
  }

  @Test(
    "Wrong usage is 64",
    arguments: [
      "photos", "--labels x", "--labels x photos --min-confidence 2", "--labels x photos --jobs 0",
      "--labels x - --pictures out",
    ])
  func usage(arguments: String) throws {
    #expect(try workplace.shell("streetnum evaluate \(arguments)").code == 64)
  }

  @Test("Charts of a single photograph, read rightly or not at all, are drawn all the same", arguments: [true, false])
  func sparseCharts(isRead: Bool) throws {
    let numbers = try makePhotographs(1)
    try workplace.write(Photographs.noise(0), "photos/noise.png")
    try label(isRead ? [("0.png", numbers[0])] : [("noise.png", "1")])
    #expect(try workplace.shell("streetnum evaluate --labels labels.jsonl photos --pictures out").code == 0)
    for name in ["coverage", "reliability", "confusion"] {
      let svg = try String(contentsOfFile: "\(workplace.path)/out/\(name).svg", encoding: .utf8)
      #expect(svg.contains("1 photograph of labels.jsonl"))
      #expect(!svg.contains("nan") && !svg.contains("inf"))
    }
  }

  @Test("A label with a SHA-256 belongs to the picture of these bytes alone, on the page of mistakes, too")
  func digests() throws {
    let numbers = try makePhotographs(2)
    let result = try workplace.shell(
      """
      mkdir a b; mv photos/0.png a/x.png; mv photos/1.png b/x.png
      sum=$(sha256sum < b/x.png | cut -c 1-64)
      echo '{"file": "elsewhere.png", "sha256": "'$sum'", "number": "\(numbers[1])0"}' > labels.jsonl
      streetnum evaluate --labels labels.jsonl a b --pictures out
      """)
    #expect(result.code == 0, "\(result.errors)")
    let page = try String(contentsOfFile: workplace.path + "/out/errors.html", encoding: .utf8)
    #expect(page.components(separatedBy: "data:image/png;base64,").count == 2)
    #expect(page.contains(">\(numbers[1])</b>") && page.contains("elsewhere.png"))
  }

  @Test("Pictures: three charts, and a page with each mistake's photograph; names can't break it")
  func pictures() throws {
    let numbers = try makePhotographs(3)
    try FileManager.default.moveItem(
      atPath: workplace.path + "/photos/1.png", toPath: workplace.path + "/photos/<b>&\u{1B}.png")
    try label([("0.png", numbers[0]), (#"<b>&\u001b.png"#, numbers[1] + "0"), ("2.png", numbers[2])])
    let result = try workplace.shell("streetnum evaluate --labels labels.jsonl photos --pictures new/out")
    #expect(result.code == 0)
    let files = try FileManager.default.contentsOfDirectory(atPath: workplace.path + "/new/out").sorted()
    #expect(files == ["confusion.svg", "coverage.svg", "errors.html", "reliability.svg"])
    for file in files where file.hasSuffix(".svg") {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: workplace.path + "/new/out/" + file))
      #expect(try XMLDocument(data: bytes).rootElement()?.name == "svg")
      #expect(String(decoding: bytes, as: UTF8.self).contains("3 photographs of labels.jsonl"))
    }
    let page = try String(contentsOfFile: workplace.path + "/new/out/errors.html", encoding: .utf8)
    #expect(page.components(separatedBy: "<figure>").count == 2)
    #expect(page.contains("data:image/png;base64,"))
    #expect(page.contains("&lt;b&gt;&amp;%1B.png") && !page.contains("<b>&"))
    #expect(page.contains(">\(numbers[1])</b>") && page.contains(">\(numbers[1])0</b>"))
  }
}
