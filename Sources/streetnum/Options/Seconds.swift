import ArgumentParser

/// A duration on a command line, in seconds where no unit follows: 60, 60s, 5m, 1h.
struct Seconds: ExpressibleByArgument {
  /// The duration in seconds.
  let count: Double

  init(_ count: Double) { self.count = count }

  /// The longest duration: some 30 years.
  private static let longest = 1e9

  init?(argument: String) {
    let units = ["s": 1.0, "m": 60, "h": 3600]
    let unit = argument.last.flatMap { units[String($0)] }
    guard let number = Double(unit == nil ? argument : String(argument.dropLast())) else { return nil }
    count = number * (unit ?? 1)
    guard (0...Self.longest).contains(count) else { return nil }
  }

  var defaultValueDescription: String { "\(Int(count))s" }
}
