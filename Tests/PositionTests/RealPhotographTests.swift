import Foundation
import Pipeline
import StreetPositions
import Testing

/// What cameras, telephones and programs have written, sound or not, as other readers read it. `scripts/exif/samples` fetches the
/// photographs; without them the test is skipped.
@Suite("Photographs of real cameras")
struct RealPhotographTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent(".build-samples").path
  private static let isThere = FileManager.default.fileExists(atPath: folder + "/complete")

  private func geotag(_ name: String) throws -> Geotag? {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/\(name)"))
    return GeotagReader().geotag(of: Array(bytes))
  }

  @Test(
    "A telephone's position, magnetic direction and time in a zone come out",
    .enabled(if: isThere, "SKIPPED: scripts/exif/samples has not fetched the photographs"))
  func telephone() throws {
    let stated = try #require(try geotag("pillow-11.3.0-ultrahdr.jpg"))
    #expect(
      stated.position
        == Position(latitude: 306_276_500, longitude: 1_197_387_667, altitude: 9_890, origin: .exif))
    #expect(stated.heading == Heading(hundredths: 9_900, reference: .magneticNorth, origin: .exif))
    #expect(stated.time?.description == "2024-05-07T01:33:04.046Z")
    #expect(stated.time?.offset == 480 && stated.focalLength == 24 && stated.panorama == nil)
  }

  @Test(
    "Cameras without a receiver state times without a zone, and no position",
    .enabled(if: isThere, "SKIPPED: scripts/exif/samples has not fetched the photographs"),
    arguments: [
      ("piexif-1.1.3-r_canon.jpg", "2013-12-17T14:04:24.000", nil),
      ("piexif-1.1.3-r_casio.jpg", "2014-03-24T17:18:28.000", 57),
      ("piexif-1.1.3-r_olympus.jpg", "2013-11-12T13:54:29.000", 76),
      ("piexif-1.1.3-r_pana.jpg", "2007-09-15T13:15:57.000", 100),
      ("piexif-1.1.3-r_pen.jpg", "2014-08-23T13:05:43.000", nil),
      ("piexif-1.1.3-r_ricoh.jpg", "2013-03-29T10:06:41.000", 28),
      ("piexif-1.1.3-r_sigma.jpg", "2012-12-28T15:25:17.000", 75),
      ("piexif-1.1.3-r_sony.jpg", "2013-04-13T10:22:18.000", 35),
      ("piexif-1.1.3-02.jpg", "2006-02-16T21:19:26.000", 44), ("piexif-1.1.3-L01.jpg", "2006-02-15T23:39:07.000", nil),
      ("piexif-1.1.3-large.jpg", "2006-02-14T22:00:58.000", 69),
      ("pillow-11.3.0-iptc.jpg", "2006-07-08T21:14:45.000", nil),
      ("pillow-11.3.0-broken_exif_dpi.jpg", "2013-09-11T16:45:13.900", 14),
      ("pillow-11.3.0-empty_gps_ifd.jpg", "2020-07-27T14:46:48.780", 26),
    ] as [(String, String, Int?)])
  func cameras(_ name: String, _ time: String, _ focalLength: Int?) throws {
    let stated = try #require(try geotag(name))
    #expect(stated.position == nil && stated.heading == nil)
    #expect(stated.time?.description == time && stated.focalLength == focalLength)
  }

  @Test(
    "Files that break other readers state no position",
    .enabled(if: isThere, "SKIPPED: scripts/exif/samples has not fetched the photographs"))
  func others() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder).filter { $0 != "complete" }.sorted()
    #expect(names.count > 100)
    for name in names where name != "pillow-11.3.0-ultrahdr.jpg" {
      #expect(try geotag(name)?.position == nil, "\(name)")
    }
  }
}
