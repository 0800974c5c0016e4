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
  /// The rows in aligned columns, names to the left and figures to the right.
  var table: String {
    let widths = rows.reduce(into: [Int](repeating: 0, count: rows.map(\.count).max() ?? 0)) { widths, row in
      for (column, text) in row.enumerated() { widths[column] = max(widths[column], text.count) }
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, text in
        let padding = String(repeating: " ", count: widths[column] - text.count)
        return column == 0 ? text + padding : padding + text
      }
      let line = cells.joined(separator: "   ")
      return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
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
