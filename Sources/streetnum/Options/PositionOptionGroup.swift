import ArgumentParser
import Foundation
import Pipeline

/// The options of all commands that read where and when photographs were taken.
struct PositionOptionGroup: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The zone of times that name none, such as Europe/Amsterdam or +02:00; without it they stay without.",
      valueName: "zone"))
  var timezone: Zone?

  // A negative time begins with a dash, as options do.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Added to the times of photographs before they are looked up in a GPS track: -3600, -1h, 90s.", valueName: "time")
  )
  var timeOffset = TimeOffset(seconds: 0)

  @Flag(help: "Place photographs in gaps of a GPS track, too, on a straight line: over a minute or over 100 m.")
  var bridgeGaps = false

  /// Whether none of these options is given.
  var isUntouched: Bool { timezone == nil && timeOffset.seconds == 0 && !bridgeGaps }

  /// These options as the pipeline's.
  var options: PositionOptions {
    var options = PositionOptions()
    (options.timeZone, options.timeOffset, options.bridgesGaps) = (timezone?.zone, timeOffset.seconds, bridgeGaps)
    return options
  }
}

/// A time zone by its name, or as hours and minutes ahead of UTC.
struct Zone: ExpressibleByArgument {
  /// The zone.
  let zone: TimeZone

  init?(argument: String) {
    if let minutes = CaptureTime.zoneOffset(argument), let zone = TimeZone(secondsFromGMT: minutes * 60) {
      self.zone = zone
    } else if TimeZone.knownTimeZoneIdentifiers.contains(argument) || argument == "UTC",
      let zone = TimeZone(identifier: argument)
    {
      self.zone = zone
    } else {
      return nil
    }
  }
}

/// A signed duration in whole seconds: -3600, -1h, 90s.
struct TimeOffset: ExpressibleByArgument {
  /// The duration in seconds.
  let seconds: Int

  init(seconds: Int) { self.seconds = seconds }

  init?(argument: String) {
    let sign = argument.first.flatMap { "+-".contains($0) ? $0 : nil }
    guard let length = Seconds(argument: sign == nil ? argument : String(argument.dropFirst())),
      let whole = Int(exactly: length.count)
    else { return nil }
    seconds = sign == "-" ? -whole : whole
  }

  var defaultValueDescription: String { "\(seconds)s" }
}
