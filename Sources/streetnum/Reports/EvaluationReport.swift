import Foundation
import Pipeline

/// What an evaluation says: lines for people, fields for programs, charts.
protocol EvaluationReport {
  /// What was measured on, such as "500 photographs".
  var subject: String { get }
  /// Lines of cells: a name, a figure, its 95 % interval, what it is a share of.
  var rows: [[String]] { get }
  /// Keys with their values as JSON.
  var fields: [(key: String, json: String)] { get }
  /// Files with their contents; `origin` says what was measured on.
  func charts(origin: String) -> [(file: String, svg: String)]
  /// What was wrong, the surest first.
  var mistakes: [Mistake] { get }
}

extension EvaluationReport {
  /// The rows in aligned columns, names to the left and figures to the right; where lines of so many columns can't hold them, each
  /// name above its figures.
  func table(columns: Int?) -> String {
    let widths = rows.reduce(into: [Int](repeating: 0, count: rows.map(\.count).max() ?? 0)) { widths, row in
      for (column, text) in row.enumerated() { widths[column] = max(widths[column], text.count) }
    }
    if let columns, widths.reduce(3 * (widths.count - 1), +) > columns { return list(columns: columns) }
    return rows.map { row in
      let cells = row.enumerated().map { column, text in
        let padding = String(repeating: " ", count: widths[column] - text.count)
        return column == 0 ? text + padding : padding + text
      }
      let line = cells.joined(separator: "   ")
      return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
    }.joined()
  }

  private func list(columns: Int) -> String {
    rows.map { row in
      let indent = (row.first ?? "").prefix { $0 == " " } + "  "
      var lines = row.first.map { $0.isEmpty ? [] : [wrapped($0, to: columns)] } ?? []
      var last = ""
      for cell in row.dropFirst() where !cell.isEmpty {
        if !last.isEmpty, last.count + 2 + cell.count > columns {
          lines.append(last)
          last = ""
        }
        last += (last.isEmpty ? indent : "  ") + cell
      }
      return (lines + (last.isEmpty ? [] : [last])).map { $0 + "\n" }.joined()
    }.joined()
  }
}

/// How reports write figures.
enum Figure {
  /// A share in percent.
  static func percent(_ share: Double, decimals: Int = 2) -> String {
    String(format: "%.*f %%", decimals, share * 100)
  }

  /// The cells of a share: its percentage, its interval, what it is a share of.
  static func cells(_ share: Share) -> [String] {
    let interval = share.interval
    let (lower, upper) = (max(interval.lowerBound, 0) * 100, min(interval.upperBound, 1) * 100)
    return [percent(share.value), String(format: "%.2f to %.2f %%", lower, upper), "of \(share.count)"]
  }

  /// A plain figure.
  static func plain(_ value: Double) -> String { String(format: "%.4f", value) }

  /// A confidence as people give it: 0.5, 0.95.
  static func confidence(_ value: Int) -> String { "\(Confidence.share(value))" }

  /// A count and what is counted, such as "1 photograph".
  static func count(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(count) \(count == 1 ? one : many ?? one + "s")"
  }

  /// A share's interval as JSON.
  static func json(_ interval: ClosedRange<Double>) -> String {
    JSON.array(["\(interval.lowerBound)", "\(interval.upperBound)"])
  }
}
