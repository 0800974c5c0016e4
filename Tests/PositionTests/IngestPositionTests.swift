import DigitNet
import Foundation
import GRDB
import Pipeline
import StreetPositions
import TestSupport
import Testing

/// Positions come in with photographs, from files beside and in their sources, and later; and change no result.
@Suite("Positions of what is ingested")
struct IngestPositionTests {
  private let folder: Folder
  private let reader: NumberReader
  private let method = ReadingMethod(
    modelID: digest("a"), modelName: "sevens", modelMetadata: "{}", parameters: "{}", toolVersion: "1.0")

  init() throws {
    folder = try Folder()
    reader = try NumberReader(model: .sevens, kernels: .best)
  }

  private static let exif = ExifWriter.at([(52, 1), (6, 1), (0, 1)], "N", [(4, 1), (18, 1), (0, 1)], "E").tiff

  /// A picture with a position, one with a time in a zone, and one with neither.
  private static let pictures: [(name: String, content: [UInt8])] = [
    ("a/1.jpg", Pictures.jpeg(exif: [exif])),
    (
      "a/2.jpg",
      Pictures.jpeg(exif: [
        ExifWriter(exif: [(0x9003, .ascii("2026:11:26 11:00:05")), (0x9011, .ascii("+01:00"))]).tiff
      ])
    ), ("b/3.jpg", Pictures.jpeg()),
  ]

  private func write(_ bytes: [UInt8], _ name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(folder.path)/\(name)"))
  }

  private func write(_ text: String, _ name: String) throws { try write(Array(text.utf8), name) }

  private func ingest(_ store: Store, _ options: IngestOptions = IngestOptions()) -> Ingest {
    Ingest(store: store, reader: reader, method: method, options: options)
  }

  @discardableResult
  private func ingest(_ name: String, _ options: IngestOptions = IngestOptions()) throws -> Ingest.Result {
    let store = try Store.open(path: folder.database, mode: .write)
    let result = try ingest(store, options).run(path: "\(folder.path)/\(name)")
    #expect(try store.verify().faults == [])
    try store.close()
    return result
  }

  /// Latitudes with their origins, by name.
  private func positions(in path: String? = nil) throws -> [String: String] {
    let queue = try DatabaseQueue(path: path ?? folder.database)
    defer { try? queue.close() }
    return try queue.read { db in
      let rows = try Row.fetchAll(
        db, sql: "SELECT name, latitude, position_origin FROM positions WHERE latitude IS NOT NULL")
      return Dictionary(rows.map { ($0[0] as String, "\($0[1] as Int) \($0[2] as String)") }) { first, _ in first }
    }
  }

  /// All that is stored of members and numbers.
  private func results() throws -> String {
    let queue = try DatabaseQueue(path: folder.database)
    defer { try? queue.close() }
    return try queue.read { db in
      try ["sources", "result_sets", "members", "numbers", "digits"].map { table in
        let columns = table == "sources" ? "identity, name" : table == "result_sets" ? "method, selection" : "*"
        return try Row.fetchAll(db, sql: "SELECT \(columns) FROM \(table)").map(\.description).joined()
      }.joined()
    }
  }

  @Test("A tar's, a zip's, a folder's and a stream's pictures have what their bytes state")
  func embedded() throws {
    try write(TarFile(Self.pictures).bytes, "a.tar")
    try write(ZipFile(Self.pictures).bytes, "a.zip")
    for name in ["a.tar", "a.zip"] {
      #expect(try ingest(name).isWhole)
      #expect(try positions() == ["a/1.jpg": "521000000 exif"])
    }
    // The same bytes again are not read again, and have their position all the same.
    let queue = try DatabaseQueue(path: folder.database)
    #expect(try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM positions WHERE latitude > 0") } == 2)
    try queue.close()
  }

  @Test("Files beside an archive and in it state positions; wrong lines are named, and known files are passed over")
  func sidecars() throws {
    let inside = "image,latitude,longitude\nb/3.jpg,10,20\na/1.jpg,11,21\n"
    try write(TarFile(Self.pictures + [("notes/x.csv", Array(inside.utf8)), ("y.csv", [1, 2])]).bytes, "a.tar")
    try write("image,latitude,longitude\n3.jpg,30,40\nnone.jpg,1,1\n2.jpg,x,1\n", "a.csv")
    let first = try ingest("a.tar")
    #expect(!first.isWhole && first.counts.rejected == 0)
    #expect(first.sidecars.files == 2 && first.sidecars.pictures == 3 && first.sidecars.unknown == 1)
    #expect(first.sidecars.faults.map(\.line) == [4])
    #expect(try positions() == ["a/1.jpg": "110000000 inside", "b/3.jpg": "300000000 beside"])
    let again = try ingest("a.tar").sidecars
    #expect(again.files == 0 && again.faults.map(\.line) == [4])
    try write("image;latitude;longitude\n2.jpg;31;41\n", "a.csv")
    #expect(try ingest("a.tar").isWhole)
    #expect(
      try positions()
        == ["a/1.jpg": "110000000 inside", "a/2.jpg": "310000000 beside", "b/3.jpg": "100000000 inside"])
  }

  private static let both = "image,latitude,longitude\na/2.jpg,10,20\nb/3.jpg,11,21\n"

  @Test("Photographs that are read later have what known files beside their archive state of them")
  func readLater() throws {
    try write(TarFile(Self.pictures).bytes, "a.tar")
    try write(Self.both, "a.csv")
    var late = IngestOptions()
    late.memberTimeout = 0
    #expect(try ingest("a.tar", late).counts.done == 0)
    #expect(try positions() == [:])
    #expect(try ingest("a.tar").sidecars.pictures == 2)
    let all = ["a/1.jpg": "521000000 exif", "a/2.jpg": "100000000 beside", "b/3.jpg": "110000000 beside"]
    #expect(try positions() == all)
    #expect(try ingest("a.tar").sidecars.files == 0)
    // A run that was killed before it came to the files.
    let queue = try DatabaseQueue(path: folder.database)
    try queue.writeWithoutTransaction {
      try $0.execute(
        sql: """
          DELETE FROM positions WHERE name = 'b/3.jpg';
          UPDATE sidecars SET taken_at = '2026-01-01T00:00:00.000Z'
          """)
    }
    try queue.close()
    #expect(try ingest("a.tar").sidecars.files == 1)
    #expect(try positions() == all)
  }

  @Test("What a track said with an earlier run's options stays as it is when other photographs are read later")
  func earlierOptions() throws {
    func timed(_ second: String) -> [UInt8] {
      Pictures.jpeg(exif: [
        ExifWriter(exif: [(0x9003, .ascii("2026:11:26 11:00:\(second)")), (0x9011, .ascii("+01:00"))]).tiff
      ])
    }
    try write(TarFile([("1.jpg", timed("05")), ("2.jpg", timed("10"))]).bytes, "a.tar")
    try write(Self.gpx.replacingOccurrences(of: "T10:", with: "T08:"), "a.gpx")
    var options = IngestOptions()
    options.positions.timeOffset = -7200
    try ingest("a.tar", options)
    let before = try positions()
    #expect(before == ["1.jpg": "500001000 track", "2.jpg": "500002000 track"])
    let queue = try DatabaseQueue(path: folder.database)
    try queue.writeWithoutTransaction {
      try $0.execute(
        sql: """
          DELETE FROM positions WHERE name = '2.jpg';
          DELETE FROM numbers WHERE ordinal = 1;
          UPDATE members SET state = 'rejected', reason = 'image.x', message = 'x', width = NULL, height = NULL
            WHERE name = '2.jpg'
          """)
    }
    try queue.close()
    let store = try Store.open(path: folder.database, mode: .write)
    let rejected = try #require(try store.rejectedSources(method: method).first)
    options.positions.timeOffset = -7205
    _ = try ingest(store, options).retry(rejected, path: "\(folder.path)/a.tar", reasons: ["*"])
    try store.close()
    #expect(try positions() == ["1.jpg": "500001000 track", "2.jpg": "500001000 track"])
  }

  @Test("So have those that a retry reads")
  func retried() throws {
    try write(TarFile(Self.pictures).bytes, "a.tar")
    try write(Self.both, "a.csv")
    var late = IngestOptions()
    late.memberTimeout = 0
    try ingest("a.tar", late)
    let store = try Store.open(path: folder.database, mode: .write)
    let rejected = try #require(try store.rejectedSources(method: method).first)
    let result = try ingest(store).retry(rejected, path: "\(folder.path)/a.tar", reasons: ["*"])
    #expect(result.isWhole && result.counts.done == 3 && result.sidecars.pictures == 2)
    #expect(try store.verify().faults == [])
    try store.close()
    #expect(try positions()["b/3.jpg"] == "110000000 beside")
  }

  @Test("Two statements of one origin that disagree are an error that names the picture, and neither is guessed")
  func conflicts() throws {
    try write(TarFile(Self.pictures).bytes, "a.tar")
    try write("image,latitude,longitude\na/2.jpg,10,20\na/2.jpg,10.1,20\nb/3.jpg,1,1\n3.jpg,1,1\n", "a.csv")
    try write(#"{"image": "b/3.jpg", "latitude": 2, "longitude": 1}"#, "a.jsonl")
    let result = try ingest("a.tar")
    #expect(result.sidecars.faults.map(\.code) == [.conflict, .conflict])
    #expect(result.sidecars.faults.map { $0.message.prefix(7) } == ["a/2.jpg", "b/3.jpg"])
    #expect(try positions() == ["a/1.jpg": "521000000 exif", "b/3.jpg": "10000000 beside"])
  }

  @Test("A known file's line that a new file contradicts counts no more, as if both had been there at first")
  func laterConflict() throws {
    try write(TarFile(Self.pictures).bytes, "a.tar")
    try write(#"{"image": "b/3.jpg", "latitude": 2, "longitude": 1}"#, "a.jsonl")
    #expect(try ingest("a.tar").isWhole)
    try write("image,latitude,longitude\nb/3.jpg,1,1\n", "a.csv")
    #expect(try ingest("a.tar").sidecars.faults.map(\.code) == [.conflict])
    #expect(try positions()["b/3.jpg"] == "10000000 beside")
  }

  @Test("A base name that several pictures have is refused, unless the MD5 says which")
  func ambiguity() throws {
    let twins = [("a/1.jpg", Pictures.jpeg()), ("b/1.jpg", Pictures.jpeg(exif: [Self.exif]))]
    try write(TarFile(twins).bytes, "a.tar")
    try write("image,latitude,longitude\n1.jpg,10,20\n", "a.csv")
    #expect(try ingest("a.tar").sidecars.faults.map(\.code) == [.ambiguous])
    let sum = md5(Pictures.jpeg())
    func description(_ sum: String) -> String {
      #"[{"filename": "/x/1.jpg", "md5sum": "\#(sum)", "MAPLatitude": 7, "MAPLongitude": 8}]"#
    }
    try write(description(digest("0").prefix(32).description), "a.json")
    #expect(try ingest("a.tar").sidecars.faults.map(\.code) == [.ambiguous, .ambiguous])
    try write(description(sum), "a.json")
    #expect(try ingest("a.tar").sidecars.faults.map(\.code) == [.ambiguous])
    #expect(try positions() == ["a/1.jpg": "70000000 beside", "b/1.jpg": "521000000 exif"])
  }

  private func md5(_ bytes: [UInt8]) -> String {
    let path = "\(folder.path)/sum"
    try? Data(bytes).write(to: URL(fileURLWithPath: path))
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/md5sum")
    (process.arguments, process.standardOutput) = ([path], pipe)
    guard (try? process.run()) != nil, let output = try? pipe.fileHandleForReading.readToEnd() else { return "" }
    return String(String(decoding: output, as: UTF8.self).prefix(32))
  }

  private static let strange = "image,latitude,longitude\nfoo.jpg,10,20\n"

  @Test("A table that is named for an archive and names none of its members is an error, as often as it is found")
  func strangeTable() throws {
    try write(TarFile(Self.pictures).bytes, "a.tar")
    try write(Self.strange, "a.csv")
    for files in [1, 0] {
      let result = try ingest("a.tar")
      #expect(!result.isWhole && result.sidecars.files == files && result.sidecars.unknown == files)
      #expect(result.sidecars.faults.map(\.code) == [.noMatch])
      let message = try #require(result.sidecars.faults.first?.message)
      #expect(message.hasPrefix("It matches no photograph of a.tar; the first that it names is foo.jpg"), "\(message)")
    }
    try write(Self.strange + "3.jpg,30,40\n", "a.csv")
    let mended = try ingest("a.tar")
    #expect(mended.isWhole && mended.sidecars.unknown == 1 && mended.sidecars.placed == 2)
  }

  @Test("It is none where the archive ends early, or only its rejected pictures are named, or it has no picture")
  func strangeTableOfParts() throws {
    let whole = TarFile(Self.pictures + [("foo.jpg", Pictures.jpeg(exif: [Self.exif]))]).bytes
    try write(Array(whole.prefix(whole.count - 1300)), "a.tar")
    try write(Self.strange, "a.csv")
    let short = try ingest("a.tar")
    #expect(short.ending != nil && short.sidecars.faults == [])
    try write(TarFile([("x/foo.jpg", [1, 2]), ("1.jpg", Pictures.jpeg())]).bytes, "b.tar")
    try write(Self.strange, "b.csv")
    let rejected = try ingest("b.tar")
    #expect(rejected.counts.rejected == 1 && rejected.sidecars.faults == [])
    var options = IngestOptions()
    options.allowEmpty = true
    try write(TarFile([("c.txt", [1])]).bytes, "c.tar")
    try write(Self.strange, "c.csv")
    #expect(try ingest("c.tar", options).sidecars.faults == [])
  }

  @Test("Nor is it where the table may be, or is, another archive's; what is no archive by its name has none")
  func sharedTable() throws {
    let table = "image,latitude,longitude\n1.jpg,10,20\n"
    try write(TarFile([("1.jpg", Pictures.jpeg())]).bytes, "a.tar")
    try write(ZipFile(Self.pictures.filter { $0.name != "a/1.jpg" }).bytes, "a.zip")
    try write(table, "a.csv")
    #expect(try ingest("a.zip").isWhole)
    #expect(try ingest("a.tar").sidecars.pictures == 1)
    try FileManager.default.removeItem(atPath: folder.path + "/a.tar")
    #expect(try ingest("a.zip").isWhole)
    for name in ["b.gpx", "b.txt", "b.tar.part"] { try write("", name) }
    try write(TarFile(Self.pictures).bytes, "b.tar")
    try write(Self.strange, "b.csv")
    #expect(try ingest("b.tar").sidecars.faults.map(\.code) == [.noMatch])
    try write(ZipFile([("9.jpg", Pictures.jpeg())]).bytes, "b.zip")
    #expect(try ingest("b.tar").isWhole)
  }

  @Test("A line that contradicts a file that was stored earlier names that file, and a file of that name replaces it")
  func storedConflict() throws {
    try write(TarFile(Self.pictures).bytes, "a.tar")
    try write("image,latitude,longitude\n3.jpg,10,20\n", "a.csv")
    #expect(try ingest("a.tar").isWhole)
    let store = try Store.open(path: folder.database, mode: .write)
    defer { try? store.close() }
    let late = LateSidecars(store, PositionOptions())
    let other = "image,latitude,longitude\n3.jpg,11,20\n2.jpg,1,2\n"
    try write(other, "b.csv")
    let report = try late.take("\(folder.path)/b.csv", archive: "a.tar")
    #expect(
      report.faults.map(\.message) == [
        "b/3.jpg has a different entry in a.csv, which was stored earlier; a corrected file of that name replaces it"
      ])
    #expect(try positions()["b/3.jpg"] == "100000000 beside")
    try FileManager.default.createDirectory(atPath: "\(folder.path)/new", withIntermediateDirectories: false)
    try write("image,latitude,longitude\n3.jpg,11,20\n", "new/a.csv")
    #expect(try late.take("\(folder.path)/new/a.csv", archive: "a.tar").faults == [])
    #expect(try positions()["b/3.jpg"] == "110000000 beside")
  }

  private static let gpx = """
    <gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>
    <trkpt lat="50" lon="4"><time>2026-11-26T10:00:00Z</time></trkpt>
    <trkpt lat="50.0002" lon="4"><time>2026-11-26T10:00:10Z</time></trkpt></trkseg></trk></gpx>
    """

  @Test("A track places pictures by their instants alone, and what is stated of them otherwise counts before it")
  func tracks() throws {
    try write(TarFile(Self.pictures).bytes, "a.tar")
    try write(Self.gpx, "a.tar.gpx")
    let result = try ingest("a.tar")
    #expect(result.isWhole && result.sidecars.pictures == 1 && result.sidecars.timeless == 2)
    #expect(try positions() == ["a/1.jpg": "521000000 exif", "a/2.jpg": "500001000 track"])
  }

  @Test("A whole track that is off names the seconds that fit, which the offset then adds to the pictures' times")
  func offsets() throws {
    try write(TarFile(Self.pictures).bytes, "a.tar")
    try write(Self.gpx.replacingOccurrences(of: "T10:", with: "T08:"), "a.gpx")
    let result = try ingest("a.tar")
    #expect(result.sidecars.faults.map(\.code) == [.noMatch])
    #expect(result.sidecars.faults.first?.message.contains("; add -7200 seconds to") == true)
    var options = IngestOptions()
    options.positions.timeOffset = -7200
    let store = try Store.open(path: folder.database, mode: .write)
    let late = try LateSidecars(store, options.positions).take("\(folder.path)/a.gpx", archive: nil)
    try store.close()
    #expect(late.pictures == 1)
    #expect(try positions()["a/2.jpg"] == "500001000 track")
  }

  @Test("What a track lacks of several archives is one line for those of which it lacks the same, and names them")
  func trackOfMany() throws {
    for name in ["a", "b", "c", "d", "e"] {
      try write(TarFile([("\(name).jpg", Pictures.jpeg())]).bytes, "\(name).tar")
      try ingest("\(name).tar")
    }
    try write(TarFile(Self.pictures).bytes, "f.tar")
    try ingest("f.tar")
    try write(Self.gpx.replacingOccurrences(of: "T10:", with: "T08:"), "walk.gpx")
    let store = try Store.open(path: folder.database, mode: .write)
    let report = try LateSidecars(store, PositionOptions()).take("\(folder.path)/walk.gpx", archive: nil)
    try store.close()
    #expect(
      report.faults.map { $0.message.prefix { $0 != ":" } } == ["a.tar, b.tar, c.tar and 2 more", "f.tar"],
      "\(report.faults)")
  }

  @Test("What was read before positions were looked for has them by backfill, and no result changes")
  func backfill() throws {
    try write(TarFile(Self.pictures).bytes, "a.tar")
    try ingest("a.tar")
    let store = try Store.open(path: folder.database, mode: .write)
    try store.close()
    let queue = try DatabaseQueue(path: folder.database)
    try queue.writeWithoutTransaction { try $0.execute(sql: "DELETE FROM positions; DELETE FROM sidecars") }
    try queue.close()
    let before = try results()
    try write("image,latitude,longitude\n3.jpg,30,40\n", "a.csv")
    for expected in [(pictures: 3, positions: 1), (0, 0)] {
      let store = try Store.open(path: folder.database, mode: .write)
      let result = try PositionBackfill(store).run { Issue.record("\($0)") }
      #expect(result.pictures == expected.0 && result.positions == expected.1 && result.missing == 0)
      #expect(try store.verify().faults == [])
      try store.close()
      #expect(try positions() == ["a/1.jpg": "521000000 exif", "b/3.jpg": "300000000 beside"])
    }
    #expect(try results() == before)
  }

  @Test("A folder's pictures keep their positions when its listing changes, and lose them with their bytes")
  func folders() throws {
    try FileManager.default.createDirectory(atPath: "\(folder.path)/photos", withIntermediateDirectories: false)
    try write(Pictures.jpeg(), "photos/1.jpg")
    try write("image,latitude,longitude\n1.jpg,10,20\n2.jpg,11,21\n", "photos/here.csv")
    #expect(try ingest("photos").sidecars.unknown == 1)
    #expect(try positions() == ["1.jpg": "100000000 inside"])
    try write(Pictures.jpeg(exif: [Self.exif]), "photos/2.jpg")
    #expect(try ingest("photos").isWhole)
    #expect(try positions() == ["1.jpg": "100000000 inside", "2.jpg": "110000000 inside"])
  }

  @Test("A shard carries files of positions, and takes new ones without reading the archive again")
  func shards() throws {
    try write(TarFile(Self.pictures).bytes, "a.tar")
    try write("image,latitude,longitude\n3.jpg,30,40\n", "a.csv")
    let writer = try ShardWriter(folder: "\(folder.path)/shards") { store in
      Ingest(store: store, reader: reader, method: method)
    }
    let first = try writer.write(path: "\(folder.path)/a.tar")
    #expect(!first.isKnown && first.isWhole)
    #expect(try positions(in: first.path) == ["a/1.jpg": "521000000 exif", "b/3.jpg": "300000000 beside"])
    try write("image,latitude,longitude\n3.jpg,31,40\nx\n", "a.csv")
    let second = try writer.write(path: "\(folder.path)/a.tar")
    #expect(second.isKnown && second.path == first.path && second.faults.map(\.line) == [3])
    #expect(try positions(in: first.path)["b/3.jpg"] == "310000000 beside")
    let store = try Store.open(path: folder.database, mode: .write)
    #expect(try store.merge(Shard(path: first.path)) != nil)
    #expect(try store.verify().faults == [])
    try store.close()
    #expect(try positions() == ["a/1.jpg": "521000000 exif", "b/3.jpg": "310000000 beside"])
  }

  @Test("In an inbox files of positions are no arrivals: they wait, and move, with what they belong to")
  func nights() throws {
    for name in ["inbox", "done", "failed"] {
      try FileManager.default.createDirectory(atPath: "\(folder.path)/\(name)", withIntermediateDirectories: false)
    }
    try write(TarFile(Self.pictures).bytes, "inbox/a.tar")
    try write("image,latitude,longitude\n3.jpg,30,40\n", "inbox/a.tar.csv")
    try write(Self.gpx, "inbox/a.gpx")
    try write("image,latitude,longitude\n3.jpg,30,40\n", "inbox/other.csv")
    let store = try Store.open(path: folder.database, mode: .write)
    let night = try Night(
      ingest: ingest(store), inbox: "\(folder.path)/inbox", done: "\(folder.path)/done",
      failed: "\(folder.path)/failed", quietTime: 0, tell: { _ in })
    let entries = try night.run()
    try store.close()
    #expect(entries.map(\.name) == ["a.tar", "other.csv"])
    #expect(entries.map(\.outcome) == [.read, .ignored])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/done").sorted() == [
        "a.gpx", "a.tar", "a.tar.csv",
      ])
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/inbox") == ["other.csv"])
    #expect(
      try positions()
        == ["a/1.jpg": "521000000 exif", "a/2.jpg": "500001000 track", "b/3.jpg": "300000000 beside"])
  }

  @Test(
    "The names of files beside an archive begin with its own, whole or without its ends",
    arguments: [
      ("a.tar", ["a.tar.", "a."]), ("a.tar.gz", ["a.tar.gz.", "a.tar.", "a."]), ("a", ["a."]),
      ("a.b.zip", ["a.b.zip.", "a.b."]),
    ])
  func names(_ name: String, _ stems: [String]) {
    #expect(
      SidecarFiles.names(for: name) == stems.flatMap { stem in ["csv", "jsonl", "json", "gpx"].map { stem + $0 } })
  }
}
