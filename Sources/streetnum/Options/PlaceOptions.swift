import ArgumentParser
import Foundation
import Pipeline

/// The options for where and when photographs were taken.
struct PlaceOptions: ParsableArguments {
  // Values may begin with a minus.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Photographs taken no farther than a distance from a point, such as 52.1,4.3,50m or 52.1,4.3,2km.",
      valueName: "latitude,longitude,distance"),
    transform: PlaceOptions.surrounding)
  var near: NumberQuery.Surrounding?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Photographs taken between these degrees; west is greater than east across the antimeridian.",
      valueName: "west,south,east,north"),
    transform: PlaceOptions.bounds)
  var bbox: GeographicBounds?

  @Option(
    help: ArgumentHelp(
      "Photographs taken then or later: 2026-07-15, 2026-07-15T10:30Z, 2026-07-15T10:30:00+02:00; without a zone UTC. One "
        + "without an instant is left out.",
      valueName: "time"),
    transform: { try PlaceOptions.times($0).lowerBound })
  var from: Int?

  @Option(
    help: ArgumentHelp("Photographs taken then or earlier; a date is its whole day.", valueName: "time"),
    transform: { try PlaceOptions.times($0).upperBound })
  var to: Int?

  func validate() throws {
    if let from, let to, from > to { throw ValidationError("--from is later than --to") }
  }

  /// Sets these conditions in a query.
  func set(in query: inout NumberQuery) {
    (query.near, query.bounds) = (near, bbox)
    if from != nil || to != nil { query.captured = (from ?? Int.min)...(to ?? Int.max) }
  }

  private static func surrounding(_ argument: String) throws -> NumberQuery.Surrounding {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 3, let north = Double(parts[0]), let east = Double(parts[1]),
      let centre = Coordinate(degreesNorth: north, degreesEast: east)
    else { throw ValidationError("it takes degrees north, degrees east and a distance, such as 52.1,4.3,50m") }
    let (unit, factor) = parts[2].hasSuffix("km") ? ("km", 1000.0) : ("m", 1.0)
    guard parts[2].hasSuffix(unit), let count = Double(parts[2].dropLast(unit.count)),
      (0...21_000_000).contains(count * factor)
    else { throw ValidationError("\(parts[2]) is no distance; take metres or kilometres, such as 50m or 1.5km") }
    return NumberQuery.Surrounding(centre: centre, metres: count * factor)
  }

  private static func bounds(_ argument: String) throws -> GeographicBounds {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    guard parts.count == 4, let west = parts[0], let south = parts[1], let east = parts[2], let north = parts[3],
      let southWest = Coordinate(degreesNorth: south, degreesEast: west),
      let northEast = Coordinate(degreesNorth: north, degreesEast: east)
    else {
      throw ValidationError(
        "it takes degrees of the western, southern, eastern and northern edge, such as 4.2,52.0,4.4,52.2")
    }
    guard let bounds = GeographicBounds(southWest: southWest, northEast: northEast) else {
      throw ValidationError("its southern edge lies north of its northern one")
    }
    return bounds
  }

  /// The first and the last millisecond since 1970 UTC of a day or a moment.
  private static func times(_ argument: String) throws -> ClosedRange<Int> {
    let form =
      /(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?(?:(Z)|([+-])(\d\d):?(\d\d))?)?/
    guard let match = argument.wholeMatch(of: form)?.output else { throw notATime(argument) }
    func number(_ text: Substring?) -> Int { text.flatMap { Int($0) } ?? 0 }
    let minutes = 60 * number(match.10) + number(match.11)
    let fraction = match.7.map { String($0).padding(toLength: 3, withPad: "0", startingAt: 0) }
    let time = CaptureTime(
      year: number(match.1), month: number(match.2), day: number(match.3), hour: number(match.4),
      minute: number(match.5), second: number(match.6), millisecond: number(fraction.map { $0[...] }),
      offset: match.9 == "-" ? -minutes : minutes, origin: .beside)
    guard let instant = time?.instant else { throw notATime(argument) }
    return instant...(match.4 == nil ? instant + 86_399_999 : instant)
  }

  private static func notATime(_ argument: String) -> ValidationError {
    ValidationError(
      "\(argument) is no time; take a date, such as 2026-07-15, or a time, such as 2026-07-15T10:30:00+02:00")
  }
}
