import Foundation
import Testing

/// docs/formats.md, as far as tests can read it: its tables and its SQL.
struct Contract {
  let text: String

  init() throws { text = try Repository.text("docs/formats.md") }

  /// The rows of the tables under a heading and its subheadings, those alone whose first cell is a name in backticks; all
  /// cells but for their outer spaces.
  func rows(of heading: String) throws -> [[String]] {
    try lines(under: heading).filter { $0.hasPrefix("| `") }.map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  /// What these tables name in their first cells, without the backticks.
  func names(of heading: String) throws -> [String] {
    try rows(of: heading).compactMap { $0.first.map { Contract.quoted($0)[0] } }
  }

  /// What is in backticks in a cell.
  static func quoted(_ cell: String) -> [String] {
    cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  /// The first block of SQL under a heading.
  func sql(of heading: String) throws -> String {
    let lines = try lines(under: heading)
    let start = try #require(lines.firstIndex(of: "```sql"), "There is no SQL under \(heading)")
    return lines[(start + 1)...].prefix { $0 != "```" }.joined(separator: "\n")
  }

  private func lines(under heading: String) throws -> [Substring] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    func level(_ line: Substring) -> Int { line.hasPrefix("#") ? line.prefix { $0 == "#" }.count : .max }
    let start = lines.firstIndex { level($0) < .max && $0.drop { $0 == "#" } == " \(heading)" }
    let first = try #require(start, "There is no heading \(heading)")
    return Array(lines[(first + 1)...].prefix { level($0) > level(lines[first]) })
  }
}
