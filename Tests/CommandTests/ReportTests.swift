import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("The report as a page")
struct ReportTests {
  private let workplace: Workplace

  init() throws { workplace = try Workplace() }

  /// Names that would be markup, colours, or another order of letters.
  private static let hostile = [
    "<script>alert(1)</script>.png", "\"><img src=x onerror=alert(1)>.png", "</style><b>.png", "--><h1>.png",
    "a\u{1B}[2J.png", "\u{202E}gnp.exe.png", "line\nbreak.png", "&amp;.png",
  ]

  private func writeHostile() throws {
    var tar = TarFile()
    let picture = try #require(Photographs.numbered.first)
    for (index, name) in Self.hostile.enumerated() {
      tar.add(Array(name.utf8), Photographs.copy(picture, "\(index)"))
      tar.add(Array("cut \(name)".utf8), Array(Photographs.copy(picture, "cut \(index)").dropLast(9)))
    }
    try workplace.write(tar.bytes, "<b>&.tar")
  }

  /// What a page must not do, wherever its texts come from.
  private func expectHarmless(_ page: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
    for piece in ["<script", "<img", "<b>.png", "<h1>.png", "\u{1B}", "\u{202E}", "<b>&"] {
      #expect(!page.contains(piece), "\(piece)", sourceLocation: sourceLocation)
    }
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;.png"), sourceLocation: sourceLocation)
    // It loads nothing: what it refers to is in it.
    for attribute in page.matches(of: /(?:href|src)="([^"]{0,20})/) {
      #expect(attribute.1.hasPrefix("data:image/jpeg;"), sourceLocation: sourceLocation)
    }
    #expect(!page.contains("url(") && !page.contains("@import"), sourceLocation: sourceLocation)
  }

  @Test("A report has counts, reasons, numbers with pictures, and nothing that names could do")
  func database() throws {
    try writeHostile()
    #expect(try workplace.shell("streetnum ingest '<b>&.tar'").code == 3)
    let made = try workplace.shell(
      "streetnum report -o report.html && streetnum report -o report.html && cat report.html")
    #expect(made.code == 0, "\(made.errors)")
    expectHarmless(made.output)
    #expect(made.output.contains("<b>8</b><span>pictures read</span>"))
    #expect(made.output.contains("<b>8</b><span>members rejected</span>"))
    #expect(made.output.contains("image.truncated"))
    // Each number is among the surest and among the least sure.
    #expect(made.output.matches(of: /data:image\/jpeg;base64,/).count >= 16)
    let old = try workplace.shell("streetnum report --within 0 -o old.html && cat old.html")
    #expect(old.output.contains("<b>0</b><span>pictures read</span>") && !old.output.contains("<figure>"))
  }

  @Test("Without crops, and without anything, there is a report too")
  func empty() throws {
    try writeHostile()
    #expect(try workplace.shell("streetnum ingest --no-crops '<b>&.tar'").code == 3)
    let page = try workplace.shell("streetnum report -o report.html && cat report.html").output
    expectHarmless(page)
    #expect(page.contains("no picture is kept") && !page.contains("data:image/jpeg"))
    #expect(
      try workplace.shell("streetnum forget --yes --archive '<b>&.tar' && streetnum report -o report.html").code == 0)
    #expect(try workplace.shell("streetnum report --db none.sqlite -o none.html").code == 66)
    #expect(!workplace.exists("none.html"))
  }

  @Test("A night's report is about what it read; an earlier one is replaced, a photograph or the database never")
  func night() throws {
    try writeHostile()
    let first = try workplace.shell(
      "streetnum ingest $FIXTURES/crops.tar --db n.sqlite && mkdir inbox && mv '<b>&.tar' inbox"
        + " && streetnum nightly --inbox inbox --quiet-time 0 --db n.sqlite --report inbox/night.html > night.txt; cat inbox/night.html"
    )
    expectHarmless(first.output)
    #expect(first.output.contains("Needs attention") && first.output.contains("&lt;b&gt;&amp;.tar"))
    #expect(first.output.contains("<b>8</b><span>pictures read</span>"))
    let second = try workplace.shell(
      "streetnum nightly --inbox inbox --quiet-time 0 --db n.sqlite --report inbox/night.html > night.txt; cat inbox/night.html"
    )
    #expect(second.output.contains("All is well") && second.output.contains("<b>0</b><span>pictures read</span>"))
    let third = try workplace.shell(
      "mkdir inbox/folder; streetnum nightly --inbox inbox --quiet-time 0 --db n.sqlite --report inbox/night.html > night.txt"
        + "; cat inbox/night.html")
    #expect(third.output.contains("Needs attention") && third.output.contains("passed over"))
    #expect(third.output.contains("<p>No member was read. What was passed over or failed is listed above.</p>"))
    try workplace.write(Photographs.noise(1), "photograph.html")
    for file in ["photograph.html", "n.sqlite", "./n.sqlite-wal"] {
      #expect(try workplace.shell("streetnum report --db n.sqlite -o \(file)").code == 64, "\(file)")
    }
  }
}
