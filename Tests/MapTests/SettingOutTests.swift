import DigitNet
import Pipeline
import TestSupport
import Testing

@Suite("Where numbers lie on a map")
struct SettingOutTests {
  @Test(
    "A number lies in its direction, or where the camera looks, or where the camera was; without a position nowhere")
  func places() throws {
    var points = SettingOut()
    let camera = try position(52, 4.3)
    func place(_ geotag: Geotag?) -> Coordinate? { points.point(of: found("7", left: 630, geotag)) }
    #expect(place(nil) == nil)
    #expect(try place(Geotag(heading: heading(9))) == nil)
    #expect(place(Geotag(position: camera)) == camera.coordinate)
    let (view, direction) = (Geotag(position: camera, heading: try heading(90)), try heading(90))
    let seen = try #require(place(view))
    #expect(seen == GreatCircle.point(from: camera.coordinate, bearing: 90, metres: SettingOut.reach))
    let right = try #require(place(Geotag(position: camera, heading: direction, focalLength: 18)))
    #expect(right.latitude < seen.latitude && abs(GreatCircle.distance(camera.coordinate, right) - 9) < 0.02)
    // A movement is no view.
    let moving = try #require(place(Geotag(position: camera, heading: try heading(90, kind: .movement))))
    #expect(GreatCircle.distance(camera.coordinate, moving) < 0.2)
  }

  @Test(
    "No two points are equal, and none is far from where it should be",
    arguments: [
      (52.0, 4.3), (0.0, 7.0), (-89.99999, 10.0), (89.9999999, 10.0), (10.0, 180.0), (10.0, -179.9999999),
    ])
  func distinct(north: Double, east: Double) throws {
    let camera = try position(north, east)
    var points = SettingOut()
    var taken: Set<Coordinate> = []
    for count in 0..<3_000 {
      // Every third photograph stands a little beside the others, where one of them was moved to.
      var other = camera
      if count % 3 == 0 { other.longitude -= other.longitude.signum() * 5 }
      guard let point = points.point(of: found("7", Geotag(position: other))) else {
        Issue.record("no point")
        return
      }
      #expect(taken.insert(point).inserted)
      if abs(north) < 89 { #expect(GreatCircle.distance(point, camera.coordinate) < 4) }
    }
  }

  @Test("The same numbers in the same order have the same points")
  func same() throws {
    var random = SeededGenerator(seed: 4)
    let numbers = try (0..<300).map { _ in
      found(
        "7", left: Int.random(in: 0...3, using: &random) * 100,
        Geotag(
          position: try position(52 + Double(Int.random(in: 0...3, using: &random)) * 1e-7, 4.3),
          heading: Bool.random(using: &random) ? try heading(90) : nil, focalLength: 28))
    }
    var (one, other) = (SettingOut(), SettingOut())
    let points = numbers.map { one.point(of: $0) }
    #expect(points == numbers.map { other.point(of: $0) })
    #expect(Set(points).count == numbers.count)
  }
}
