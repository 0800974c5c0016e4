package import StreetCore

/// Gives each number a point of its own on a map, near the camera that saw it.
///
/// Editors merge points of equal coordinates into one, so that of several numbers of a photograph, or of several photographs of one
/// place, all but one would be lost. A number whose direction is known lies that way, at a distance that is no measurement;
/// one that would fall on another lies a few centimetres beside it. The points depend on the numbers and their order alone.
///
/// Takes some 100 bytes of memory for each point.
package struct SettingOut {
  /// Metres from the camera to a number whose direction is known: about where a house front stands across a pavement.
  package static let reach = 9.0
  /// The least distance of two numbers of one point, in 1e-7 degrees of latitude: 5.6 centimetres.
  private static let spacing = 5

  /// How many numbers were to lie at each point so far.
  private var counts: [Coordinate: Int] = [:]

  /// No point is taken.
  package init() {}

  /// The point of the next number; nil where its photograph's position is not known.
  package mutating func point(of found: FoundNumber) -> Coordinate? {
    guard let camera = found.geotag?.position?.coordinate else { return nil }
    let point = SettingOut.bearing(of: found).map { bearing in
      GreatCircle.point(from: camera, bearing: bearing, metres: SettingOut.reach)
    }
    return free(near: point ?? camera)
  }

  /// Degrees from north to the number; where only the camera's view is known, its middle.
  private static func bearing(of found: FoundNumber) -> Double? {
    let view = found.geotag?.heading.flatMap { $0.kind == .view && !found.isPanorama ? $0 : nil }
    return (found.direction ?? view).map { Double($0.hundredths) / 100 }
  }

  /// The point, or the first one that is free on a spiral around it.
  private mutating func free(near point: Coordinate) -> Coordinate {
    var count = counts[point] ?? 0
    while true {
      let place = Spiral.place(count)
      count += 1
      let free = point.moved(north: place.y * SettingOut.spacing, east: place.x * SettingOut.spacing)
      guard free == point || counts[free] == nil else { continue }
      guard free != point || count == 1 else { continue }
      counts[point] = count
      if free != point { counts[free] = 1 }
      return free
    }
  }
}

/// The squares of a grid, from the middle outwards.
private enum Spiral {
  /// The square of an index, from 0: rings of 1, 8, 16, 24, ... squares.
  static func place(_ index: Int) -> (x: Int, y: Int) {
    guard index > 0 else { return (0, 0) }
    // A ring's squares begin with the square of an odd number.
    var ring = Int((Double(index).squareRoot() + 1) / 2)
    while (2 * ring - 1) * (2 * ring - 1) > index { ring -= 1 }
    while (2 * ring + 1) * (2 * ring + 1) <= index { ring += 1 }
    let (side, offset) = (index - (2 * ring - 1) * (2 * ring - 1)).quotientAndRemainder(dividingBy: 2 * ring)
    return switch side {
    case 0: (ring, offset - ring + 1)
    case 1: (ring - 1 - offset, ring)
    case 2: (-ring, ring - 1 - offset)
    default: (offset - ring + 1, -ring)
    }
  }
}

extension Coordinate {
  /// A point so many 1e-7 degrees of latitude to the north, and as far to the east, at least one unit of longitude for each.
  fileprivate func moved(north: Int, east: Int) -> Coordinate {
    let widening = 1 / max(GreatCircle.parallelShare(of: latitude), 0.001)
    return Coordinate(
      nearestLatitude: latitude + (latitude > 0 ? -north : north),
      turnedLongitude: longitude + Int((Double(east) * widening).rounded(.awayFromZero)))
  }
}
