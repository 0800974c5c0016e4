import Foundation
import Pipeline

/// The result of reading one archive, as `ingest --json-summary` prints it.
struct ShardReport {
  private let input: String
  private let method: ReadingMethod
  private let begun = ContinuousClock.now
  private var result: ShardWriter.Result?
  private var reason: (id: String?, message: String)?

  init(input: String, method: ReadingMethod) {
    (self.input, self.method) = (input, method)
  }

  /// Whether the report has a result or an error.
  var isTold: Bool { result != nil || reason != nil }

  /// Stores the result.
  mutating func take(_ result: ShardWriter.Result) {
    self.result = result
    reason = result.ending.map { ($0.id, $0.message) }
  }

  /// Stores the error because of which there is no shard.
  mutating func take(_ error: any Error) {
    let known = error as? any Reportable
    reason = (known?.id, error is Stopped ? "stopped by a signal" : known?.summary ?? line(of: error))
  }

  /// The report as one JSON object on one line.
  func json(exitCode: Int32) -> String {
    func text(_ value: String?) -> String { value.map(JSON.string) ?? "null" }
    let members = result?.summary.members ?? MemberCounts()
    let seconds = begun.duration(to: .now) / .seconds(1)
    return JSON.object([
      ("input", text(input)), ("exit_code", "\(exitCode)"),
      ("reason", reason.map { JSON.object([("id", text($0.id)), ("message", text($0.message))]) } ?? "null"),
      ("shard", text(result?.path)), ("known", "\(result?.isKnown ?? false)"), ("archive_sha256", text(result?.sha256)),
      ("model", text(method.modelID)), ("method", text(method.digest)), ("tool_version", text(method.toolVersion)),
      ("done", "\(members.done)"), ("rejected", "\(members.rejected)"), ("ignored", "\(members.ignored)"),
      ("numbers", "\(result?.summary.numbers ?? 0)"), ("seconds", String(format: "%.3f", seconds)),
    ])
  }
}
