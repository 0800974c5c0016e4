import Foundation
import Pipeline
import StreetPositions
import Testing

/// When a photograph was taken: an instant where the zone is known, and never by a guess.
@Suite("Times of photographs")
struct CaptureTimeTests {
  private static let original = 0x9003

  /// What EXIF states, in the form that `CaptureTime` has as text.
  private func time(
    _ exif: [(tag: Int, value: ExifWriter.Value)], main: [(tag: Int, value: ExifWriter.Value)] = [],
    gps: [(tag: Int, value: ExifWriter.Value)] = [], zone: TimeZone? = nil
  ) -> String? {
    let writer = ExifWriter(main: main, exif: exif, gps: gps)
    return GeotagReader(timeZone: zone).geotag(of: Pictures.jpeg(exif: [writer.tiff]))?.time?.description
  }

  @Test(
    "A camera's time without a zone stays without, whatever its form",
    arguments: [
      ("2021:07:15 10:30:05", "2021-07-15T10:30:05.000"), ("2021-07-15 10:30:05", "2021-07-15T10:30:05.000"),
      ("2021/07/15 10:30:05", "2021-07-15T10:30:05.000"), ("2021:07:15 24:00:00", "2021-07-16T00:00:00.000"),
      ("2021:07:15T10:30", "2021-07-15T10:30:00.000"), ("2020:02:29 00:00:00", "2020-02-29T00:00:00.000"),
      ("2021:02:29 00:00:00", nil), ("0000:00:00 00:00:00", nil), ("    :  :     :  :  ", nil), ("2021:07:15", nil),
      ("2021:07:15 25:00:00", nil), ("2021:13:15 10:30:05", nil), ("yesterday", nil), ("2021:07:15 10:30:05 pm", nil),
    ] as [(String, String?)])
  func forms(_ text: String, _ expected: String?) {
    #expect(time([(Self.original, .ascii(text))]) == expected)
  }

  @Test("Fractions and offsets belong to the time that they are of")
  func parts() {
    let stated: [(tag: Int, value: ExifWriter.Value)] = [(Self.original, .ascii("2021:07:15 10:30:05"))]
    #expect(time(stated + [(0x9291, .ascii("25"))]) == "2021-07-15T10:30:05.250")
    #expect(time(stated + [(0x9291, .ascii("  7 "))]) == "2021-07-15T10:30:05.700")
    #expect(time(stated + [(0x9011, .ascii("+02:00"))]) == "2021-07-15T08:30:05.000Z")
    #expect(time(stated + [(0x9011, .ascii("-05:30"))]) == "2021-07-15T16:00:05.000Z")
    #expect(time(stated + [(0x9011, .ascii("   :  "))]) == "2021-07-15T10:30:05.000")
    #expect(time(stated + [(0x9012, .ascii("+02:00"))]) == "2021-07-15T10:30:05.000")
    #expect(time([(0x9004, .ascii("2021:07:15 10:30:05"))]) == "2021-07-15T10:30:05.000")
    #expect(time([], main: [(0x0132, .ascii("2021:07:15 10:30:05"))]) == "2021-07-15T10:30:05.000")
  }

  @Test("Satellites give a camera's time its zone; their own time counts where the camera's clock is wrong or missing")
  func satellites() {
    func gps(_ date: String, _ hour: Int, _ minute: Int) -> [(tag: Int, value: ExifWriter.Value)] {
      [(7, .fractions([(hour, 1), (minute, 1), (0, 1)])), (29, .ascii(date))]
    }
    let stated: [(tag: Int, value: ExifWriter.Value)] = [(Self.original, .ascii("2021:07:15 10:30:05"))]
    #expect(time(stated, gps: gps("2021:07:15", 8, 29)) == "2021-07-15T08:30:05.000Z")
    #expect(time(stated, gps: gps("2021/07/15", 5, 0)) == "2021-07-15T05:00:05.000Z")
    #expect(time(stated, gps: gps("2021:07:15", 8, 22)) == "2021-07-15T08:22:00.000Z")
    #expect(time(stated, gps: gps("2021:07:20", 8, 29)) == "2021-07-15T10:30:05.000")
    #expect(time(stated, gps: gps("1970:01:01", 0, 0)) == "2021-07-15T10:30:05.000")
    #expect(time([], gps: gps("2021:07:15", 8, 29)) == "2021-07-15T08:29:00.000Z")
    #expect(time([], gps: gps("2021:07:15", 24, 0)) == "2021-07-16T00:00:00.000Z")
    #expect(time([], gps: gps("", 8, 29)) == nil)
  }

  @Test("A zone that is given counts where none is known, with its summer time, and nowhere else")
  func zones() throws {
    let zone = try #require(TimeZone(identifier: "Europe/Amsterdam"))
    #expect(time([(Self.original, .ascii("2021:07:15 10:30:05"))], zone: zone) == "2021-07-15T08:30:05.000Z")
    #expect(time([(Self.original, .ascii("2021:01:15 10:30:05"))], zone: zone) == "2021-01-15T09:30:05.000Z")
    #expect(time([(Self.original, .ascii("2021:10:31 02:30:00"))], zone: zone) == "2021-10-31T00:30:00.000Z")
    let stated: [(tag: Int, value: ExifWriter.Value)] = [
      (Self.original, .ascii("2021:07:15 10:30:05")), (0x9011, .ascii("+09:00")),
    ]
    #expect(time(stated, zone: zone) == "2021-07-15T01:30:05.000Z")
  }

  @Test("Times as text are those of the calendar, from year 1 to 9999")
  func texts() {
    for (year, month, day) in [(1, 1, 1), (1600, 2, 29), (1969, 12, 31), (1970, 1, 1), (2000, 2, 29), (9999, 12, 31)] {
      let time = CaptureTime(
        year: year, month: month, day: day, hour: 23, minute: 59, second: 58, offset: nil, origin: .exif)
      let text = String(format: "%04d-%02d-%02dT23:59:58.000", year, month, day)
      #expect(time?.description == text)
    }
    #expect(CaptureTime(year: 1970, month: 1, day: 1, offset: 0, origin: .exif)?.instant == 0)
    #expect(CaptureTime(year: 2021, month: 2, day: 29, offset: nil, origin: .exif) == nil)
  }
}
