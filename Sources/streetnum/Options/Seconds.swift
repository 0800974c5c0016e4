import ArgumentParser

/// A time as it is written on a command line: 60, 60s, 5m, 1h.
struct Seconds: ExpressibleByArgument {
  /// How many seconds.
  let count: Double

  init(_ count: Double) { self.count = count }

  init?(argument: String) {
    let units = ["s": 1.0, "m": 60, "h": 3600]
    let unit = argument.last.flatMap { units[String($0)] }
    guard let number = Double(unit == nil ? argument : String(argument.dropLast())), number.isFinite, number >= 0
    else { return nil }
    count = number * (unit ?? 1)
  }

  var defaultValueDescription: String { "\(Int(count))s" }
}
