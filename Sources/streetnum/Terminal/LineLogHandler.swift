import Foundation
import Logging
import Pipeline

/// Writes each log event as one line on standard error.
struct LineLogHandler: LogHandler {
  var logLevel = Logger.Level.info
  var metadata: Logger.Metadata = [:]
  private let format: LogFormat

  /// The texts for people that replace the messages of the JSON log, which are fixed for programs.
  private static let plainMessages = [
    "begins": "run started", "reads": "source opened", "reads again": "source opened again", "ends": "run finished",
  ]

  init(_ format: LogFormat) { self.format = format }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
    let time = Date().formatted(.iso8601)
    switch format {
    case .plain:
      let details = all.map { " \($0.key)=\($0.value)" }.joined()
      let message = Self.plainMessages["\(event.message)"] ?? "\(event.message)"
      let line = printable("\(time) \(event.level.rawValue): \(message)\(details)")
      Diagnostics.write(Diagnostics.broken(line) + "\n")
    case .json:
      let fields = [("time", time), ("level", event.level.rawValue), ("message", "\(event.message)")]
      let members = (fields + all.map { ($0.key, "\($0.value)") })
        .map { (key: $0.0, json: JSON.string($0.1)) }
      Diagnostics.write(JSON.object(members) + "\n")
    }
  }
}
