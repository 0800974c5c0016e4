import ArgumentParser

/// The format of a log.
enum LogFormat: String, CaseIterable, ExpressibleByArgument {
  /// Lines for people.
  case plain
  /// One JSON object per line.
  case json
}
