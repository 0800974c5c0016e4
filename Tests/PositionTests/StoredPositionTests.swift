import DigitNet
import Foundation
import GRDB
import Pipeline
import Testing

/// Positions in the database: by content, through new models, listings, merges and removals.
@Suite("Stored positions")
struct StoredPositionTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func method(_ letter: Character = "a") -> ReadingMethod {
    ReadingMethod(
      modelID: digest(letter), modelName: "model", modelMetadata: "{}", parameters: "{}", toolVersion: "1.0")
  }

  private func exif(_ latitude: Int) -> [GeotagStatement] {
    [
      GeotagStatement(
        origin: .exif,
        geotag: Geotag(position: Position(latitude: latitude, longitude: 43_000_000, origin: .exif)))
    ]
  }

  /// Stores an archive's pictures, each with a number, and what their bytes state.
  private func store(
    _ statements: [[GeotagStatement]?], archive letter: Character = "b", model: Character = "a", in path: String? = nil,
    asOneFile: Bool = false
  ) throws {
    let store = try Store.open(path: path ?? folder.database, mode: .write)
    let source = SourceDescription.file(.archive, sha256: digest(letter), name: "\(letter).tar", byteCount: 10)
    let set = try store.begin(source, method: method(model))
    try store.commit(
      statements.enumerated().map { index, statements in
        MemberOutcome(
          ordinal: index, name: "\(index).jpg", byteCount: 5, sha256: digest(Character("\(index)")), offset: nil,
          state: .done(width: 100, height: 50, numbers: [number]), statements: statements)
      }, to: set)
    try store.complete(set, memberCount: statements.count)
    if asOneFile { try store.closeAsOneFile() } else { try store.close() }
  }

  private var number: HouseNumber {
    HouseNumber(
      digits: [Digit(value: 7, score: 9_000, box: Box(left: 1, top: 1, width: 10, height: 20))], confidence: 9_000)
  }

  private func geotags(in path: String? = nil) throws -> [String: Geotag] {
    let store = try Store.open(path: path ?? folder.database, mode: .read)
    var query = NumberQuery()
    query.withGeotag = true
    var geotags: [String: Geotag] = [:]
    try store.forEachNumber(matching: query) { geotags["\($0.archive ?? "") \($0.image)"] = $0.geotag }
    #expect(try store.verify().faults == [])
    try store.close()
    return geotags
  }

  private func latitudes(in path: String? = nil) throws -> [String: Int] {
    try geotags(in: path).compactMapValues { $0.position?.latitude }
  }

  @Test("What a picture states comes with its number where it is asked for, and stays when a new model reads it")
  func models() throws {
    try store([exif(1), nil, []])
    #expect(try latitudes() == ["b.tar 0.jpg": 1])
    try store([nil, nil, nil], model: "c")
    #expect(try latitudes() == ["b.tar 0.jpg": 1])
    let store = try Store.open(path: folder.database, mode: .write)
    #expect(try store.prune().dropped.sets == 1)
    try store.close()
    #expect(try latitudes() == ["b.tar 0.jpg": 1])
    let plain = try Store.open(path: folder.database, mode: .read)
    try plain.forEachNumber(matching: NumberQuery()) { #expect($0.geotag == nil) }
    try plain.close()
  }

  @Test("The same bytes may be in two archives at different places")
  func archives() throws {
    try store([exif(1)])
    try store([exif(1)], archive: "c")
    let store = try Store.open(path: folder.database, mode: .write)
    let geotag = Geotag(position: Position(latitude: 5, longitude: 6, origin: .beside))
    try store.keep(
      [
        Store.TakenSidecar(
          name: "c.csv", sha256: digest("d"), origin: .beside, geotags: [("0.jpg", digest("0"), geotag)])
      ], ofSource: "sha256:\(digest("c"))")
    try store.close()
    #expect(try latitudes() == ["b.tar 0.jpg": 1, "c.tar 0.jpg": 5])
  }

  @Test("Precedence chooses value by value, and another content under the same name takes the place of the first")
  func precedence() throws {
    let heading = try #require(Heading(hundredths: 100, origin: .exif))
    let local = try #require(CaptureTime(milliseconds: 1_000, offset: nil, origin: .beside))
    let zoned = try #require(CaptureTime(milliseconds: 2_000, offset: 60, origin: .exif))
    try store([
      [
        GeotagStatement(
          origin: .exif,
          geotag: Geotag(position: Position(latitude: 1, longitude: 2, origin: .exif), heading: heading, time: zoned))
      ]
    ])
    func keep(_ geotag: Geotag, _ letter: Character) throws {
      let store = try Store.open(path: folder.database, mode: .write)
      try store.keep(
        [
          Store.TakenSidecar(
            name: "b.csv", sha256: digest(letter), origin: .beside, geotags: [("0.jpg", digest("0"), geotag)])
        ],
        ofSource: "sha256:\(digest("b"))")
      try store.close()
    }
    try keep(Geotag(position: Position(latitude: 7, longitude: 8, origin: .beside), time: local), "d")
    let first = try #require(try geotags()["b.tar 0.jpg"])
    #expect(first.position?.latitude == 7 && first.heading == heading && first.time == zoned)
    try keep(Geotag(heading: Heading(hundredths: 200, origin: .beside)), "e")
    let second = try #require(try geotags()["b.tar 0.jpg"])
    #expect(second.position?.latitude == 1 && second.heading?.hundredths == 200)
    #expect(try rows("SELECT count(*) FROM sidecars") == 1)
  }

  @Test("Forgetting an archive takes its positions, and an R*Tree entry never outlives its position")
  func forgetting() throws {
    try store([exif(1), exif(2)])
    try store([exif(3)], archive: "c")
    #expect(try rows("SELECT count(*) FROM positions_rtree") == 3)
    let store = try Store.open(path: folder.database, mode: .write)
    try store.forget(try store.source(named: "b.tar"))
    try store.close()
    #expect(try rows("SELECT count(*) FROM positions_rtree") == 1)
    #expect(try rows("SELECT count(*) FROM position_statements") == 1)
    #expect(try latitudes() == ["c.tar 0.jpg": 3])
  }

  @Test("Shards are merged with their positions, in any order and however often, to the same")
  func merging() throws {
    let (one, two) = (folder.path + "/one.sqlite", folder.path + "/two.sqlite")
    try store([exif(1), []], in: one, asOneFile: true)
    try store([exif(1), exif(2)], in: two, asOneFile: true)
    let late = try Store.open(path: two, mode: .write)
    let geotag = Geotag(position: Position(latitude: 9, longitude: 9, origin: .beside))
    try late.keep(
      [
        Store.TakenSidecar(
          name: "b.csv", sha256: digest("d"), origin: .beside, geotags: [("0.jpg", digest("0"), geotag)])
      ],
      ofSource: "sha256:\(digest("b"))")
    try late.closeAsOneFile()
    for (index, order) in [[one, two], [two, one], [two, one, two]].enumerated() {
      let path = folder.path + "/merged-\(index).sqlite"
      let store = try Store.open(path: path, mode: .write)
      for shard in order { _ = try store.merge(Shard(path: shard)) }
      try store.close()
      #expect(try latitudes(in: path) == ["b.tar 0.jpg": 9, "b.tar 1.jpg": 2])
    }
  }

  @Test(
    "A shard whose positions are not what streetnum writes is refused",
    arguments: [
      "UPDATE positions SET latitude = 5, position_origin = 'exif'", "UPDATE position_statements SET longitude = 6",
      "DELETE FROM position_statements", "UPDATE positions SET name = 'other.jpg'",
      "INSERT INTO position_statements (position_id, origin, sidecar) VALUES (99, 'exif', '')",
      "UPDATE position_statements SET origin = 'beside', sidecar = '\(String(repeating: "e", count: 64))'",
      "DELETE FROM positions_rtree", "UPDATE positions_rtree SET west = 1, east = 1",
      "UPDATE positions SET sha256 = replace(sha256, '0', 'A')",
    ])
  func damage(_ sql: String) throws {
    let shard = folder.path + "/shard.sqlite"
    try store([exif(1)], in: shard, asOneFile: true)
    let queue = try DatabaseQueue(path: shard)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF; \(sql)")
    }
    try queue.close()
    let store = try Store.open(path: folder.database, mode: .write)
    #expect(throws: StoreError.self) { try store.merge(Shard(path: shard)) }
    try store.close()
  }

  private func rows(_ sql: String) throws -> Int {
    let queue = try DatabaseQueue(path: folder.database)
    defer { try? queue.close() }
    return try queue.read { try Int.fetchOne($0, sql: sql) ?? -1 }
  }
}

/// A folder that a test has to itself, gone when the test is.
final class Folder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/streetnum-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var database: String { path + "/numbers.sqlite" }
}

/// The same 64 hexadecimal digits for the same letter.
func digest(_ letter: Character) -> String { String(repeating: letter, count: 64) }
