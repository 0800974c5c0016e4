import DigitNet
import Foundation
import Pipeline
import Testing

@Suite("Directions of numbers")
struct DirectionTests {
  private func degrees(
    _ column: Double, _ geotag: Geotag, width: Int = 3_600, height: Int = 1_800, isPanorama: Bool = false
  ) -> Double? {
    geotag.direction(ofColumn: column, in: ImageSize(width: width, height: height), isPanorama: isPanorama)
      .map { Double($0.hundredths) / 100 }
  }

  @Test("The columns of a panorama of a full turn are directions around its centre, beyond the width, too")
  func turn() throws {
    let geotag = Geotag(
      panorama: Panorama(projection: "equirectangular", fullWidth: 3_600, croppedLeft: 0, poseHeading: 9_000))
    for (column, direction) in [(1_800.0, 90.0), (0, 270), (3_600, 270), (2_700, 180), (900, 0), (3_700, 280)] {
      #expect(degrees(column, geotag) == direction)
    }
    // The picture is half as large as when the tags were written.
    #expect(degrees(1_350, geotag, width: 1_800) == 180)
  }

  @Test("A part of a turn begins where its tags say")
  func part() throws {
    let panorama = try #require(
      Panorama(projection: "Equirectangular", fullWidth: 7_200, croppedLeft: 1_800, croppedWidth: 3_600, poseHeading: 0)
    )
    #expect(!panorama.isFullTurn)
    #expect(degrees(0, Geotag(panorama: panorama)) == 270)
    #expect(degrees(3_600, Geotag(panorama: panorama)) == 90)
    #expect(degrees(900, Geotag(panorama: panorama), width: 1_800) == 0)
  }

  @Test("A picture that was read as a panorama needs a heading alone; what stands beside it counts before its pose")
  func readAsPanorama() throws {
    #expect(degrees(2_700, Geotag(heading: try heading(20)), isPanorama: true) == 110)
    #expect(degrees(2_700, Geotag(heading: try heading(20))) == nil)
    #expect(degrees(2_700, Geotag(heading: try heading(20, kind: .movement)), isPanorama: true) == nil)
    let panorama = try #require(Panorama(projection: "equirectangular", poseHeading: 5_000))
    #expect(degrees(1_800, Geotag(heading: try heading(20), panorama: panorama)) == 50)
    #expect(degrees(1_800, Geotag(heading: try heading(20, origin: .beside), panorama: panorama)) == 20)
  }

  @Test("Of a flat picture the focal length says how many degrees its longer side shows, whichever way it is turned")
  func flat() throws {
    // 18 mm to each side at a focal length of 18 mm: 45 degrees.
    let geotag = Geotag(heading: try heading(350), focalLength: 18)
    #expect(degrees(1_800, geotag, height: 2_400) == 350)
    #expect(degrees(3_600, geotag, height: 2_400) == 35)
    #expect(degrees(0, geotag, height: 2_400) == 305)
    // Upright, the width shows 24 of the 36 mm.
    let edge = try #require(degrees(2_400, geotag, width: 2_400, height: 3_600))
    #expect(abs(edge - (350 + atan(12.0 / 18) * 180 / .pi - 360)) < 0.006)
    #expect(degrees(0, Geotag(heading: try heading(350))) == nil)
    #expect(degrees(0, Geotag(heading: try heading(350, kind: .movement), focalLength: 18)) == nil)
    #expect(degrees(0, Geotag(focalLength: 18)) == nil)
  }

  @Test("A number's direction is that of its middle, by the north of the heading")
  func number() throws {
    var geotag = Geotag(heading: try heading(0), focalLength: 18)
    geotag.heading?.reference = .magneticNorth
    let number = found("12", left: 310, geotag)
    #expect(number.direction == geotag.heading)
    #expect(found("12", left: 310, nil).direction == nil)
    var turned = found("12", left: 630, Geotag(heading: try heading(0)))
    turned.isReadAsPanorama = true
    #expect(turned.direction?.hundredths == 18_000)
  }
}
