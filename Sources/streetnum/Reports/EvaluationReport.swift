import Foundation
import Pipeline

/// The result of an evaluation as lines for people, fields for programs, and charts.
protocol EvaluationReport {
  /// The set that was measured, such as "500 photographs".
  var subject: String { get }
  /// Rows of a name, a figure, its 95 % confidence interval, and the total that it is a share of.
  var rows: [[String]] { get }
  /// Keys with their values as JSON.
  var fields: [(key: String, json: String)] { get }
  /// The charts' files with their contents; `origin` names the set that was measured.
  func charts(origin: String) -> [(file: String, svg: String)]
  /// All mistakes, in descending confidence.
  var mistakes: [Mistake] { get }
}

extension EvaluationReport {
  /// The rows as a table; names are aligned left and figures right. Where lines are too short, each name is above its
  /// figures.
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

/// The notation of figures in reports.
enum Figure {
  /// A share in percent.
  static func percent(_ share: Double, decimals: Int = 2) -> String {
    String(format: "%.*f %%", decimals, share * 100)
  }

  /// The cells of a share: its percentage, its confidence interval, and its total.
  static func cells(_ share: Share) -> [String] {
    let interval = share.interval
    let (lower, upper) = (max(interval.lowerBound, 0) * 100, min(interval.upperBound, 1) * 100)
    return [percent(share.value), String(format: "%.2f to %.2f %%", lower, upper), "of \(share.count)"]
  }

  /// A figure with four decimals.
  static func plain(_ value: Double) -> String { String(format: "%.4f", value) }

  /// A confidence as a share of 1, such as 0.5.
  static func confidence(_ value: Int) -> String { "\(Confidence.share(value))" }

  /// A confidence interval as JSON.
  static func json(_ interval: ClosedRange<Double>) -> String {
    JSON.array(["\(interval.lowerBound)", "\(interval.upperBound)"])
  }
}
