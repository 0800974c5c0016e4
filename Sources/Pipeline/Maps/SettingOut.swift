package import StreetCore

/// Gives each number a distinct point on the map, near the camera that saw it.
///
/// Map editors merge points with equal coordinates, so several numbers of one photograph or one place would be lost. A
/// number whose direction is known is placed in that direction, at a fixed distance that is not measured. A number
/// whose point is taken is placed a few centimetres away. The points depend only on the numbers and their order.
///
/// Needs about 100 bytes of memory per point.
package struct SettingOut {
  /// The distance in metres from the camera to a number whose direction is known: roughly that of a house front across
  /// the pavement.
  package static let reach = 9.0
  /// The minimum distance of two numbers at one point, in 1e-7 degrees of latitude: 5.6 centimetres.
  private static let spacing = 5

  /// The number of numbers placed at each point so far.
  private var counts: [Coordinate: Int] = [:]

  /// Starts with no points taken.
  package init() {}

  /// The point of the next number; nil if its photograph's position is unknown.
  package mutating func point(of found: FoundNumber) -> Coordinate? {
    guard let camera = found.geotag?.position?.coordinate else { return nil }
    let point = SettingOut.bearing(of: found).map { bearing in
      GreatCircle.point(from: camera, bearing: bearing, metres: SettingOut.reach)
    }
    return free(near: point ?? camera)
  }

  /// The compass bearing of the number; if only the camera's heading is known, the centre of the view.
  private static func bearing(of found: FoundNumber) -> Double? {
    let view = found.geotag?.heading.flatMap { $0.kind == .view && !found.isPanorama ? $0 : nil }
    return (found.direction ?? view).map { Double($0.hundredths) / 100 }
  }

  /// The point, or the first free point on a spiral around it.
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

/// The squares of a grid in a spiral, from the centre outwards.
private enum Spiral {
  /// The square with the given index, from 0, in rings of 1, 8, 16, 24, ... squares.
  static func place(_ index: Int) -> (x: Int, y: Int) {
    guard index > 0 else { return (0, 0) }
    // The first index of a ring is the square of an odd number.
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
  /// The point moved north and east by a number of 1e-7 degrees of latitude; eastward by at least one unit of longitude
  /// for each.
  fileprivate func moved(north: Int, east: Int) -> Coordinate {
    let widening = 1 / max(GreatCircle.parallelShare(of: latitude), 0.001)
    return Coordinate(
      nearestLatitude: latitude + (latitude > 0 ? -north : north),
      turnedLongitude: longitude + Int((Double(east) * widening).rounded(.awayFromZero)))
  }
}
