import Pipeline
import StreetPositions
import Testing

/// Where a receiver was at a time: between two points, and nowhere else.
@Suite("GPS tracks")
struct GPSTrackTests {
  private static let gpx = """
    <?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="9" lon="9"/><trk><trkseg>
    <trkpt lat="52.1" lon="4.3"><ele>1.5</ele><time>2026-11-26T10:00:00Z</time></trkpt>
    <trkpt lat="52.1002" lon="4.3004"><ele>2.5</ele><time>2026-11-26T10:00:10Z</time></trkpt>
    <trkpt lat="52.1010" lon="4.3004"><time>2026-11-26T10:01:11Z</time></trkpt>
    <trkpt lat="52.2" lon="4.3004"><time>2026-11-26T10:01:12Z</time></trkpt></trkseg>
    <trkseg><trkpt lat="52.2" lon="4.3004"><time>2026-11-26T10:01:13Z</time></trkpt>
    <trkpt lat="152" lon="4.3"><time>2026-11-26T10:01:14Z</time></trkpt></trkseg></trk></gpx>
    """

  private func track() throws -> (GPSTrack, [SidecarFault]) {
    let sidecar = try #require(try Sidecar(name: "a.gpx", bytes: Array(Self.gpx.utf8), origin: .beside))
    guard case .track(let track) = sidecar.content else { throw SidecarFault(.malformed, "no track") }
    #expect(sidecar.origin == .track)
    return (track, sidecar.faults)
  }

  private func instant(_ minute: Int, _ second: Int, _ millisecond: Int = 0) -> Int {
    CaptureTime(
      year: 2026, month: 11, day: 26, hour: 10, minute: minute, second: second, millisecond: millisecond, offset: 0,
      origin: .exif)?.instant ?? 0
  }

  @Test("Between two points a position lies on the line, and a point's own time gives that point")
  func interpolation() throws {
    let (track, faults) = try track()
    #expect(faults.map(\.line) == [7])
    #expect(
      track.place(at: instant(0, 0))
        == .at(try #require(Position(latitude: 521_000_000, longitude: 43_000_000, altitude: 150, origin: .track))))
    #expect(
      track.place(at: instant(0, 2, 500))
        == .at(try #require(Position(latitude: 521_000_500, longitude: 43_001_000, altitude: 175, origin: .track))))
  }

  @Test("Nothing lies outside of a track, nor in gaps of over a minute, over 100 m or between parts, unless asked")
  func gaps() throws {
    let (track, _) = try track()
    #expect(track.place(at: instant(0, 0) - 1) == .outside)
    #expect(track.place(at: instant(1, 13) + 1) == .outside)
    #expect(track.place(at: instant(0, 0) - 1, isBridging: true) == .outside)
    for time in [instant(0, 40), instant(1, 11, 500), instant(1, 12, 500)] {
      #expect(track.place(at: time) == .inGap)
      guard case .at = track.place(at: time, isBridging: true) else {
        Issue.record("\(time) is not bridged")
        continue
      }
    }
  }

  @Test("The line crosses the antimeridian the shorter way")
  func antimeridian() throws {
    let track = try #require(
      GPSTrack([
        GPSTrack.Point(instant: 0, latitude: 10, longitude: 1_799_999_000),
        GPSTrack.Point(instant: 1000, latitude: 10, longitude: -1_799_999_000),
      ]))
    #expect(
      track.place(at: 750) == .at(try #require(Position(latitude: 10, longitude: -1_799_999_500, origin: .track))))
  }

  @Test(
    "A whole track that is off names the offset that fits: the least of whole hours, else of half and quarter hours")
  func offsets() throws {
    let (track, _) = try track()
    #expect(track.fittingOffset(for: [instant(0, 5) + 3_600_000, instant(1, 0) + 3_600_000]) == -3600)
    #expect(track.fittingOffset(for: [instant(0, 5) - 19_800_000]) == 19_800)
    #expect(track.fittingOffset(for: [instant(0, 5) - 100_000]) == 95)
  }
}
