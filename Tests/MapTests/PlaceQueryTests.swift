import DigitNet
import Foundation
import GRDB
import Pipeline
import TestSupport
import Testing

@Suite("Queries by place and time")
struct PlaceQueryTests {
  private let folder: TemporaryFolder
  private let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.open(path: folder.path + "/numbers.sqlite", mode: .write)
  }

  private static func method(panoramas: Bool = false) -> ReadingMethod {
    ReadingMethod(
      modelID: String(repeating: "a", count: 64), modelName: "one", modelMetadata: "{}",
      reading: ["panoramas": [panoramas ? 1 : 0]], selection: [:], libraries: "{}", toolVersion: "1.0")
  }

  /// Stores an archive of photographs with one number each.
  private func add(_ photographs: [(text: String, geotag: Geotag?)], panoramas: Bool = false) throws {
    try Self.add(
      photographs.map { (number($0.text, left: 315), $0.geotag) }, to: store, panoramas: panoramas)
  }

  private static func add(
    _ photographs: [(number: HouseNumber, geotag: Geotag?)], to store: Store, panoramas: Bool
  ) throws {
    let source = SourceDescription.file(
      .archive, sha256: String(repeating: "b", count: 64), name: "a.tar",
      at: SourcePath(path: "/photos/a.tar", byteCount: 10, modified: 1))
    let set = try store.begin(source, method: method(panoramas: panoramas))
    let outcomes = photographs.enumerated().map { ordinal, photograph in
      var outcome = MemberOutcome(
        ordinal: ordinal, name: "\(ordinal).png", byteCount: 9,
        sha256: String(repeating: "0", count: 56) + String(format: "%08x", ordinal), offset: nil,
        state: .done(width: 640, height: 480, numbers: [photograph.number]))
      outcome.statements = photograph.geotag.map { [GeotagStatement(origin: .exif, geotag: $0)] } ?? []
      return outcome
    }
    try store.commit(outcomes, to: set)
    try store.complete(set, memberCount: outcomes.count)
  }

  private func found(_ change: (inout NumberQuery) -> Void) throws -> [FoundNumber] {
    var query = NumberQuery()
    change(&query)
    var all: [FoundNumber] = []
    try store.forEachNumber(matching: query) { all.append($0) }
    return all
  }

  private func texts(_ change: (inout NumberQuery) -> Void) throws -> [String] { try found(change).map(\.number.text) }

  private func bounds(_ west: Double, _ south: Double, _ east: Double, _ north: Double) throws -> GeographicBounds {
    try #require(GeographicBounds(southWest: coordinate(south, west), northEast: coordinate(north, east)))
  }

  @Test("What is near is what is near by the exact distance, wherever on the earth")
  func near() throws {
    var random = SeededGenerator(seed: 21)
    let centres = try [coordinate(52, 4.3), coordinate(0, 180), coordinate(-89.9995, 20), coordinate(0.0005, 0)]
    var photographs: [(text: String, geotag: Geotag?)] = []
    for centre in centres {
      for _ in 0..<150 {
        let point = GreatCircle.point(
          from: centre, bearing: Double.random(in: 0..<360, using: &random),
          metres: Double.random(in: 0..<200, using: &random))
        let position = Position(latitude: point.latitude, longitude: point.longitude, origin: .exif)
        photographs.append((String(photographs.count), Geotag(position: position)))
      }
    }
    photographs.append(("999999", nil))
    try add(photographs)
    for centre in centres {
      for metres in [0.0, 30, 99.5, 5_000] {
        let expected = photographs.filter { photograph in
          (photograph.geotag?.position).map { GreatCircle.distance($0.coordinate, centre) <= metres } ?? false
        }.map(\.text)
        #expect(metres < 100 || expected.count == 150)
        #expect(try texts { $0.near = .init(centre: centre, metres: metres) } == expected)
      }
    }
    let first = try #require(photographs.first?.geotag?.position?.coordinate)
    #expect(try texts { ($0.near, $0.number) = (.init(centre: first, metres: 0), "0") } == ["0"])
    #expect(try texts { ($0.near, $0.number) = (.init(centre: first, metres: 0), "1") }.isEmpty)
    #expect(try texts { ($0.near, $0.limit) = (.init(centre: first, metres: 500), 3) } == ["0", "1", "2"])
  }

  @Test("Bounds hold their edges, reach across the antimeridian, and hold poles; with a distance both count")
  func bounds() throws {
    let places = [
      ("1", 10.0, 20.0), ("2", 10, 30), ("3", 0, 180), ("4", 0, -180), ("5", 0, -179), ("6", 90, 7), ("7", 89, 7),
    ]
    try add(places.map { ($0.0, Geotag(position: try position($0.1, $0.2))) } + [("8", nil)])
    #expect(try texts { $0.bounds = try? bounds(20, 10, 30, 10) } == ["1", "2"])
    #expect(try texts { $0.bounds = try? bounds(20.0000001, 0, 180, 20) } == ["2", "3", "4"])
    #expect(try texts { $0.bounds = try? bounds(179, -1, -179, 1) } == ["3", "4", "5"])
    #expect(try texts { $0.bounds = try? bounds(100, 85, 101, 90) } == ["6"])
    #expect(try texts { $0.bounds = try? bounds(-180, -90, 180, 90) } == ["1", "2", "3", "4", "5", "6", "7"])
    #expect(
      try texts {
        $0.bounds = try? bounds(25, 0, 35, 20)
        $0.near = try? .init(centre: coordinate(10, 25), metres: 600_000)
      } == ["2"])
  }

  @Test("Times are instants, ends included; pictures without one are counted, as far as the rest asks for them")
  func times() throws {
    func time(_ minute: Int, offset: Int?) throws -> CaptureTime {
      try #require(CaptureTime(year: 2026, month: 7, day: 15, hour: 10, minute: minute, offset: offset, origin: .exif))
    }
    let here = try position(52, 4.3)
    try add([
      ("1", Geotag(position: here, time: try time(0, offset: 0))),
      ("2", Geotag(time: try time(30, offset: 0))),
      ("3", Geotag(position: here, time: try time(30, offset: 60))),
      ("4", Geotag(position: here, time: try time(0, offset: nil))),
      ("5", Geotag(position: here)), ("6", nil),
    ])
    let ten = try #require(try time(0, offset: 0).instant)
    var query = NumberQuery()
    query.captured = ten...ten + 1_800_000
    #expect(try texts { $0.captured = query.captured } == ["1", "2"])
    #expect(try texts { $0.captured = Int.min...ten - 1 } == ["3"])
    #expect(try store.timelessPictures(matching: query) == 3)
    query.near = .init(centre: here.coordinate, metres: 10)
    #expect(try texts { $0 = query } == ["1"])
    #expect(try store.timelessPictures(matching: query) == 2)
    #expect(try store.placelessPictures(matching: query) == CappedCount(value: 2, isExact: true))
    query.captured = ten + 1...ten + 2
    #expect(try store.placelessPictures(matching: query) == CappedCount(value: 1, isExact: true))
    (query.captured, query.near, query.bounds) = (nil, nil, query.near.map { .init(around: $0.centre, metres: 10) })
    #expect(try store.placelessPictures(matching: query) == CappedCount(value: 2, isExact: true))
    query.number = "1"
    #expect(try store.placelessPictures(matching: query) == CappedCount(value: 0, isExact: true))
    (query.captured, query.near) = (ten...ten + 1_800_000, .init(centre: here.coordinate, metres: 10))
    query.number = "5"
    #expect(try store.timelessPictures(matching: query) == 1)
    #expect(try store.timelessPictures(matching: NumberQuery()) == 0)
    #expect(try store.placelessPictures(matching: NumberQuery()) == CappedCount(value: 0, isExact: true))
  }

  @Test(
    "A query that asks for geotags gives them, and whether pictures were read as panoramas", arguments: [false, true])
  func geotags(panoramas: Bool) throws {
    let geotag = Geotag(position: try position(52, 4.3), heading: try heading(10))
    try add([("1", geotag), ("2", nil)], panoramas: panoramas)
    let all = try found { ($0.withGeotag, $0.withProvenance) = (true, true) }
    #expect(all.map(\.geotag) == [geotag, nil])
    #expect(all.map(\.isReadAsPanorama) == [panoramas, panoramas])
    #expect(all.first?.direction?.hundredths == (panoramas ? 1_000 : nil))
    let camera = try #require(geotag.position?.coordinate)
    #expect(try found { $0.near = .init(centre: camera, metres: 1) }.map(\.geotag) == [nil])
  }

  @Test("A number may end beyond the width, and begins inside its picture")
  func boxes() throws {
    func faults(_ number: HouseNumber) throws -> [String] {
      let folder = try TemporaryFolder()
      let store = try Store.open(path: folder.path + "/numbers.sqlite", mode: .write)
      try Self.add([(number, nil)], to: store, panoramas: false)
      let faults = try store.verify().faults
      try store.close()
      return faults
    }
    #expect(try faults(number("1", left: 635)).isEmpty)
    #expect(try faults(number("1", left: 640)).map { $0.prefix(31) } == ["a number is outside its picture"])
  }

  @Test("A database of an older schema, which reading alone does not migrate, says that it has no places")
  func older() throws {
    try add([("1", nil)])
    try store.close()
    let path = folder.path + "/numbers.sqlite"
    let queue = try DatabaseQueue(path: path)
    try queue.write { db in
      try db.execute(sql: "PRAGMA user_version = 7; DELETE FROM grdb_migrations WHERE identifier > '7'")
    }
    try queue.close()
    let old = try Store.open(path: path, mode: .read)
    var query = NumberQuery()
    query.near = .init(centre: try coordinate(0, 0), metres: 1)
    do {
      try old.forEachNumber(matching: query) { _ in }
      Issue.record("it answers")
    } catch let error as StoreError {
      #expect(error.code == .olderSchema)
    }
    try old.close()
  }
}
