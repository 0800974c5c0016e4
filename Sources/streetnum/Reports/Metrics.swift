import Foundation
import Pipeline

/// The metrics of a night in Prometheus' text format, for node_exporter's textfile collector
/// (https://prometheus.io/docs/instrumenting/exposition_formats/).
struct Metrics {
  private var lines: [String] = []

  /// Makes the metrics; `summary` describes the database after the night, and is nil where it can't be read.
  init(_ report: NightReport, _ summary: LedgerSummary?) {
    let outcomes = NightReport.Entry.Outcome.allCases.map { ("outcome=\"\($0.rawValue)\"", Double(report.count($0))) }
    gauge("nightly_sources", "Files in the inbox in the last run, by outcome", outcomes)
    gauge("nightly_duration_seconds", "Duration of the last run", report.endedAt.timeIntervalSince(report.startedAt))
    gauge("nightly_exit_code", "Exit code of the last run", Double(report.exitCode))
    gauge("nightly_last_run_timestamp_seconds", "When the last run ended", report.endedAt.timeIntervalSince1970)
    // 0 where no night succeeded: an alert on the age must fire then, too.
    gauge(
      "nightly_last_success_timestamp_seconds", "When a run last ended with exit code 0",
      report.exitCode == 0 ? report.endedAt.timeIntervalSince1970 : summary?.lastSuccess ?? 0)
    guard let summary else { return }
    gauge(
      "sources", "Sources in the database, by state",
      [
        ("state=\"complete\"", Double(summary.completeSources)),
        ("state=\"unfinished\"", Double(summary.unfinishedSources)),
      ])
    gauge(
      "members", "Members in the database, by state",
      [
        ("state=\"done\"", Double(summary.members.done)), ("state=\"rejected\"", Double(summary.members.rejected)),
        ("state=\"ignored\"", Double(summary.members.ignored)),
      ])
    let usual = Confidence.share(Confidence.usual)
    gauge("numbers", "Numbers in the database of confidence \(usual) or more", Double(summary.numbers))
  }

  /// The whole file.
  var text: String { lines.joined(separator: "\n") + "\n" }

  private mutating func gauge(_ name: String, _ help: String, _ value: Double) { gauge(name, help, [("", value)]) }

  private mutating func gauge(_ name: String, _ help: String, _ samples: [(labels: String, value: Double)]) {
    lines.append("# HELP streetnum_\(name) \(help).")
    lines.append("# TYPE streetnum_\(name) gauge")
    for (labels, value) in samples {
      let number = value == value.rounded() ? String(Int(value)) : String(format: "%.3f", value)
      lines.append("streetnum_\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(number)")
    }
  }
}
