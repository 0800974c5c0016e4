import DigitNet
import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("Drawing pictures: show")
struct ShowTests {
  private let workplace: Workplace

  init() throws { workplace = try Workplace() }

  private func writeNumbered() throws {
    try workplace.write(Photographs.copy(#require(Photographs.numbered.first), "1"), "1.png")
  }

  private func picture(_ name: String) throws -> Image {
    try ImageDecoder.decode(Array(Data(contentsOf: URL(fileURLWithPath: workplace.path + "/" + name))))
  }

  @Test("show draws what detect says, over the heat map where that is asked for")
  func draws() throws {
    try writeNumbered()
    let number = try workplace.shell("streetnum detect 1.png --format csv | tail -n 1 | cut -d , -f 7").output
    let shown = try workplace.shell("streetnum show 1.png -o out.png && streetnum show 1.png --heatmap -o heat.png")
    #expect(shown.code == 0, "\(shown.errors)")
    #expect(shown.output.hasPrefix("out.png: \(number.trimmingCharacters(in: .whitespacesAndNewlines)) 0."))
    #expect(try picture("out.png").size == picture("heat.png").size)
    #expect(try picture("out.png") != picture("heat.png"))
    let none = try workplace.shell("streetnum show 1.png --min-confidence 1 --side 64 -o none.png")
    #expect(none.output == "none.png: no number of confidence 1.0 or more\n")
    #expect(try max(picture("none.png").width, picture("none.png").height) <= 64)
  }

  @Test("Without -o and without a terminal that shows pictures: 64, and the line names -o")
  func noTerminal() throws {
    try writeNumbered()
    for command in ["show 1.png", "show --number 7"] {
      let shown = try workplace.shell("TERM=xterm-kitty streetnum \(command)")
      #expect(shown.code == 64 && shown.lines.count == 1 && shown.errors.contains("with -o FILE.png"))
    }
    for wrong in [
      "show", "show 1.png --number 7", "show --number x", "show 1.png --db a", "show --number 1 --limit 201",
    ] {
      #expect(try workplace.shell("streetnum \(wrong) -o out.png").code == 64, "\(wrong)")
    }
    #expect(!workplace.exists("out.png"))
  }

  @Test("Terminals that can show pictures get the picture in their own protocol")
  func terminals() throws {
    guard Workplace.has("script") else {
      Issue.record("Skipped: there is no script(1) to stand for a terminal", severity: .warning)
      return
    }
    try writeNumbered()
    func show(_ environment: [String: String]) throws -> Workplace.Outcome {
      try workplace.shell("script -q -e -c 'streetnum show 1.png' /dev/null", environment)
    }
    let kitty = try show(["TERM": "xterm-kitty"])
    #expect(kitty.code == 0 && kitty.output.hasPrefix("\u{1B}_Ga=T,f=100,m="))
    let pieces = kitty.output.split(separator: "\u{1B}_G").map { $0.split(separator: "\u{1B}\\")[0] }
    #expect(pieces.dropLast().allSatisfy { $0.contains("m=1;") } && pieces.last?.hasPrefix("m=0;") == true)
    let coded = pieces.compactMap { $0.split(separator: ";").last }.joined()
    let png = try #require(Data(base64Encoded: coded))
    #expect(try ImageDecoder.decode(Array(png)).width >= 320)
    let iTerm = try show(["TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"])
    #expect(iTerm.code == 0 && iTerm.output.hasPrefix("\u{1B}]1337;File=inline=1;size="))
    #expect(try show(["TERM": "xterm-256color"]).code == 64)
    #expect(try show(["TERM": "screen", "KITTY_WINDOW_ID": "1"]).code == 64)
  }

  @Test("A drawing replaces an earlier one, never a photograph or anything else")
  func replaces() throws {
    try writeNumbered()
    try workplace.write(Photographs.noise(3), "photograph.png")
    try workplace.write(Array("notes".utf8), "notes.png")
    #expect(try workplace.shell("streetnum show 1.png -o out.png && streetnum show 1.png -o out.png").code == 0)
    let before = try workplace.shell("sha256sum 1.png photograph.png notes.png").output
    for file in ["1.png", "photograph.png", "notes.png", "./out.png/../1.png"] {
      let shown = try workplace.shell("streetnum show 1.png -o \(file)")
      #expect([64, 73].contains(shown.code) && shown.lines.count == 1, "\(file)")
    }
    #expect(try workplace.shell("streetnum show 1.png -o none/out.png").code == 73)
    #expect(try workplace.shell("sha256sum 1.png photograph.png notes.png").output == before)
  }

  @Test("Of an archive all pictures are drawn on one sheet, and what can't be read is said")
  func archive() throws {
    var tar = TarFile([("1.png", Photographs.noise(1)), ("cut.png", Array(Photographs.noise(2).dropLast(9)))])
    tar.add(Array("notes.txt".utf8), [1])
    tar.add(Array("2.png".utf8), try Photographs.copy(#require(Photographs.numbered.first), "1"))
    try workplace.write(tar.bytes, "a.tar")
    let shown = try workplace.shell("streetnum show a.tar -o sheet.jpg && streetnum show a.tar --limit 1 -o one.png")
    #expect(shown.code == 0 && shown.output.contains("a.tar: 1 number in 3 pictures"), "\(shown.output)")
    #expect(shown.errors.contains("cut.png"))
    #expect(try picture("sheet.jpg").width > picture("one.png").width)
    #expect(try workplace.shell("streetnum show none.tar -o sheet.jpg").code == 66)
    var text = TarFile([])
    text.add(Array("notes.txt".utf8), [1])
    try workplace.write(text.bytes, "text.tar")
    let empty = try workplace.shell("streetnum show text.tar -o empty.png")
    #expect(empty.code == 65 && empty.lines.count == 1 && empty.errors.contains("text.tar: holds no picture"))
    #expect(!workplace.exists("empty.png"))
    #expect(try workplace.shell("streetnum show - -o sheet.jpg < a.tar").code == 64)
  }

  @Test("A contact sheet shows where a number was seen, and says what is not there any more")
  func sheet() throws {
    #expect(try workplace.shell("cp $FIXTURES/crops.tar . && streetnum ingest crops.tar").code == 0)
    let counts = try workplace.shell(
      "streetnum query --format csv | tail -n +2 | cut -d , -f 7 | sort | uniq -c | sort -n")
    let fields = try #require(counts.output.split(separator: "\n").last).split(separator: " ")
    let (count, number) = (try #require(Int(fields[0])), fields[1])
    let whole = try workplace.shell("streetnum show --db streetnum.sqlite --number \(number) -o sheet.png")
    #expect(whole.code == 0 && whole.output.hasPrefix("sheet.png: \(number): \(count) place"), "\(whole.output)")
    #expect(whole.errors.isEmpty)
    let sheet = try picture("sheet.png")
    let gone = try workplace.shell("rm crops.tar && streetnum show --number \(number) -o gone.png")
    #expect(gone.code == 0 && gone.errors.contains("crops.tar") && gone.output.contains("\(count) place"))
    #expect(try picture("gone.png").size == sheet.size && picture("gone.png") != sheet)
    let none = try workplace.shell("streetnum show --number 987654 -o none.png")
    #expect(none.code == 66 && none.lines.count == 1 && none.errors.contains("no place with the number 987654"))
    let unsure = try workplace.shell("streetnum show --number \(number) --min-confidence 1 -o none.png")
    #expect(unsure.code == 66 && unsure.errors.contains("\(count) place") && unsure.errors.contains("--min-confidence"))
    try workplace.write(TarFile((0..<2).map { ("\($0).png", Photographs.numbered[0].file) }).bytes, "twice.tar")
    let twice = try workplace.shell(
      """
      streetnum ingest twice.tar --db twice.sqlite && number=$(streetnum query --db twice.sqlite --min-confidence 0 \
        --format csv | tail -n 1 | cut -d , -f 7) && streetnum show --db twice.sqlite --number $number --limit 1 \
        --min-confidence 1 -o none.png
      """)
    #expect(twice.code == 66 && twice.errors.contains("; 2 places of less confidence; "), "\(twice.errors)")
    #expect(!workplace.exists("none.png"))
    #expect(try workplace.shell("streetnum show --db nothing.sqlite --number 1 -o none.png").code == 66)
  }
}
