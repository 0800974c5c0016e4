import ArgumentParser

/// How a log is written.
enum LogFormat: String, CaseIterable, ExpressibleByArgument {
  /// A line for people.
  case plain
  /// A JSON object a line.
  case json
}
