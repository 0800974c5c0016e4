import Foundation
import Testing

/// Tables and messages stay readable on terminals of 20, 40 and 80 columns.
@Suite("Narrow terminals")
struct NarrowTerminalTests {
  private let workplace: Workplace

  init() throws {
    workplace = try Workplace()
    #expect(try workplace.shell("streetnum ingest $FIXTURES/crops.tar").code == 0)
  }

  /// Lines that are longer than so many columns and could have been broken: they hold a space behind their margin.
  private func tooLong(_ text: String, _ columns: Int) -> [String] {
    text.split { $0 == "\n" || $0 == "\r\n" }.map(String.init)
      .filter { $0.count > columns && $0.drop { $0 == " " }.contains(" ") }
  }

  @Test("Each number is in one line where there is room, else in two, else cell by cell")
  func table() throws {
    let query = "streetnum query --limit 2 --fields image,number,confidence,box"
    let wide = try workplace.shell(query).output
    let lines = wide.split(separator: "\n").map(String.init)
    let longest = try #require(lines.map(\.count).max())
    #expect(lines.count == 3 && lines[0].hasPrefix("IMAGE "))
    #expect(try workplace.shell(query, ["COLUMNS": "\(longest)"]).output == wide)
    let cells = lines.map { $0.split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) } }

    let two = try workplace.shell(query, ["COLUMNS": "\(longest - 1)"]).output.split(separator: "\n").map(String.init)
    #expect(two.count == 6 && two.enumerated().allSatisfy { $1.hasPrefix("  ") == ($0 % 2 == 1) }, "\(two)")
    for row in 0..<3 {
      let found = (two[2 * row] + "  " + two[2 * row + 1]).split(separator: "  ")
        .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
      #expect(found == cells[row])
    }

    let records = try workplace.shell(query, ["COLUMNS": "20"]).output
    let first = zip(cells[0], cells[1]).map { "\($0) \($1)\n" }.joined()
    let second = zip(cells[0], cells[2]).map { "\($0) \($1)\n" }.joined()
    #expect(records == first + "\n" + second)
  }

  @Test("What is printed for people fits, and has the same words", arguments: [20, 40, 80])
  func fits(columns: Int) throws {
    _ = try workplace.shell("mkdir inbox; printf '{\"file\": \"1.png\", \"number\": \"1\"}' > labels.jsonl")
    try workplace.write(Photographs.noise(1), "1.png")
    for command in [
      "query", "query --fields +model,read_at,digits", "doctor", "verify", "backfill --crops --positions",
      "prune --superseded --dry-run", "learn describe detector", "learn describe alexnet", "detect 1.png",
      "forget --archive crops.tar --dry-run", "nightly --inbox inbox 2>/dev/null",
      "evaluate --labels labels.jsonl 1.png 2>/dev/null",
    ] {
      let wide = try workplace.shell("streetnum \(command)").output
      let narrow = try workplace.shell("streetnum \(command)", ["COLUMNS": "\(columns)"]).output
      #expect(tooLong(narrow, columns) == [], "\(command)")
      // Heads are repeated where cells stand one below the other; times and free space may differ.
      let words = Set(narrow.split { $0.isWhitespace })
      let lost = Set(wide.split { $0.isWhitespace }).filter { !words.contains($0) && !$0.contains { $0.isNumber } }
      #expect(lost == [], "\(command)")
    }
  }

  @Test("A message on a terminal is broken at spaces, elsewhere it is one line", arguments: [20, 40, 80])
  func messages(columns: Int) throws {
    let piped = try workplace.shell("streetnum query --db none.sqlite", ["COLUMNS": "\(columns)"])
    #expect(piped.lines.count == 1)
    guard Workplace.has("script") else {
      Issue.record("Skipped: script(1) is not installed", severity: .warning)
      return
    }
    for command in ["query --db none.sqlite", "ingest nowhere", "show 1.png", "learn mnist ."] {
      let said = try workplace.shell("script -qec 'stty cols \(columns); streetnum \(command)' /dev/null").output
      #expect(said.contains("streetnum: ") && tooLong(said, columns) == [], "\(said)")
    }
  }

  @Test("Without a terminal and without COLUMNS lines have any length")
  func piped() throws {
    let query = "streetnum query --fields +model,tool_version,read_at"
    let output = try workplace.shell(query).output
    #expect(!output.isEmpty && output.split(separator: "\n").allSatisfy { $0.count > 80 })
    #expect(try workplace.shell(query, ["COLUMNS": "0"]).output == output)
  }
}
