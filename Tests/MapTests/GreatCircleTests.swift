import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("Distances and bounds on the earth")
struct GreatCircleTests {
  @Test("Distances are those along a great circle, small ones too")
  func distances() throws {
    let degree = Double.pi * GreatCircle.radius / 180
    let places: [(Coordinate, Coordinate, Double)] = try [
      (coordinate(0, 0), coordinate(0, 0), 0),
      (coordinate(0, 0), coordinate(1, 0), degree),
      (coordinate(60, 10), coordinate(60, 10.0001), degree / 2 * 0.0001),
      (coordinate(0, 179.9), coordinate(0, -179.9), degree * 0.2),
      (coordinate(89.9, 0), coordinate(89.9, 180), degree * 0.2),
      (coordinate(0, 0), coordinate(0, 180), degree * 180),
      (coordinate(90, 17), coordinate(-90, -3), degree * 180),
      (coordinate(52, 4), coordinate(52.0000001, 4), degree * 1e-7),
    ]
    for (a, b, metres) in places {
      #expect(abs(GreatCircle.distance(a, b) - metres) < max(1e-5, metres * 1e-8))
      #expect(GreatCircle.distance(a, b) == GreatCircle.distance(b, a))
    }
  }

  @Test("A point in a direction lies as far away as it should, across the antimeridian and near the poles, too")
  func points() throws {
    for (north, east) in [
      (0.0, 0.0), (52, 4.3), (-33, 151), (10, 179.99999), (-10, -179.99999), (89.9999, 5), (-90, 0),
    ] {
      let start = try coordinate(north, east)
      for bearing in stride(from: 0.0, to: 360, by: 30) {
        let end = GreatCircle.point(from: start, bearing: bearing, metres: 9)
        #expect(abs(GreatCircle.distance(start, end) - 9) < 0.02, "\(north) \(east) \(bearing)")
      }
    }
    let start = try coordinate(52, 4.3)
    let east = GreatCircle.point(from: start, bearing: 90, metres: 100)
    #expect(east.longitude > start.longitude && abs(east.latitude - start.latitude) < 20)
    let south = GreatCircle.point(from: start, bearing: 180, metres: 100)
    #expect(south.latitude < start.latitude && abs(south.longitude - start.longitude) < 2)
  }

  private static func isWithin(_ point: Coordinate, _ bounds: GeographicBounds) -> Bool {
    bounds.parts.contains {
      $0.west...$0.east ~= point.longitude && $0.south...$0.north ~= point.latitude
    }
  }

  @Test("Bounds around a point hold all that is near it, and little else")
  func around() throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<2_000 {
      let north = [Double.random(in: -90...90, using: &random), 89.9999, -89.99, 0][
        Int.random(in: 0..<4, using: &random)]
      let east = [Double.random(in: -180...180, using: &random), 180, -179.9999][Int.random(in: 0..<3, using: &random)]
      let metres = pow(10, Double.random(in: 0...7.3, using: &random))
      let centre = try coordinate(north, east)
      let bounds = GeographicBounds(around: centre, metres: metres)
      let distance = Double.random(in: 0...metres, using: &random)
      let bearing = Double.random(in: 0..<360, using: &random)
      let point = GreatCircle.point(from: centre, bearing: bearing, metres: distance)
      guard GreatCircle.distance(centre, point) <= metres else { continue }
      #expect(Self.isWithin(point, bounds), "\(centre) \(metres) \(point)")
    }
    let small = try GeographicBounds(around: coordinate(52, 4.3), metres: 50)
    #expect(small.north - small.south < 9_020 && small.east - small.west < 14_650)
  }

  @Test("Bounds reach across the antimeridian, whose two sides are one, and hold poles of any longitude")
  func edges() throws {
    func bounds(_ west: Double, _ south: Double, _ east: Double, _ north: Double) throws -> GeographicBounds {
      try #require(GeographicBounds(southWest: coordinate(south, west), northEast: coordinate(north, east)))
    }
    let pacific = try bounds(170, -50, -170, 50)
    for (east, isIn) in [
      (175.0, true), (-175, true), (180, true), (-180, true), (170, true), (169.9, false), (0, false),
    ] {
      #expect(try Self.isWithin(coordinate(0, east), pacific) == isIn)
    }
    let west = try bounds(170, -50, 180, 50)
    #expect(try Self.isWithin(coordinate(0, -180), west) && !Self.isWithin(coordinate(0, -179.9), west))
    let arctic = try bounds(10, 80, 20, 90)
    #expect(try Self.isWithin(coordinate(90, -100), arctic) && !Self.isWithin(coordinate(89, -100), arctic))
    #expect(try GeographicBounds(southWest: coordinate(1, 0), northEast: coordinate(0, 1)) == nil)
  }
}
