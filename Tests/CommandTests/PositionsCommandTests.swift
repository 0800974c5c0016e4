import Foundation
import TestSupport
import Testing

/// Positions on the command line: what comes in, what is said of it, and that no other output changes.
@Suite("Positions on the command line")
struct PositionsCommandTests {
  private let workplace: Workplace

  init() throws {
    workplace = try Workplace()
    try workplace.write(TarFile((1...3).map { ("p/\($0).png", Photographs.noise($0)) }).bytes, "a.tar")
  }

  private func write(_ text: String, _ name: String) throws { try workplace.write(Array(text.utf8), name) }

  @Test("A file beside an archive is taken along, a wrong line is named, and exports stay as they were")
  func beside() throws {
    #expect(try workplace.shell("streetnum ingest a.tar --no-positions --db plain.sqlite").code == 0)
    try write("image,latitude,longitude\np/1.png,52.1,4.3\n2.png,x,4\n", "a.csv")
    let ingest = try workplace.shell("streetnum ingest a.tar")
    #expect(ingest.code == 3)
    #expect(
      ingest.errors.contains("streetnum: a.csv: line 3: `latitude` is not a decimal number (positions.malformed)\n"),
      "\(ingest.errors)")
    #expect(try workplace.numbers() == workplace.numbers("plain.sqlite"))
    #expect(try workplace.shell("streetnum verify && streetnum verify --db plain.sqlite").code == 0)
    let prune = try workplace.shell("streetnum prune --positions --dry-run && streetnum prune --positions")
    #expect(prune.output.hasPrefix("would drop positions of 3 photographs\ndropped positions of 3 photographs"))
    #expect(try workplace.shell("streetnum prune --positions --db plain.sqlite").output.hasPrefix("dropped nothing"))
    let backfill = try workplace.shell("streetnum backfill --positions")
    #expect(backfill.output == "found 0 positions in 3 pictures, and 1 in 1 file\n" && backfill.code == 3)
  }

  @Test(
    "A file that comes later is taken without the archive; what it is not, and what it does not know, has its exit code"
  )
  func late() throws {
    #expect(try workplace.shell("streetnum ingest a.tar && rm a.tar").code == 0)
    try write(#"{"image": "p/2.png", "latitude": 1, "longitude": 2}"#, "late.jsonl")
    try write("file,number\n1.png,19\n", "labels.csv")
    try write("image,latitude,longitude\nnone.png,1,2\n", "none.csv")
    let taken = try workplace.shell("streetnum positions late.jsonl")
    #expect((taken.output, taken.errors, taken.code) == ("1 file: 1 photograph placed\n", "", 0))
    for (file, code, id) in [
      ("labels.csv", 65, "malformed"), ("none.csv", 66, "no_match"), ("missing.csv", 66, "missing"),
    ] as [(String, Int32, String)] {
      let refused = try workplace.shell("streetnum positions \(file)")
      #expect(refused.code == code && refused.errors.contains("(positions.\(id))"), "\(refused.errors)")
    }
    try write("image,latitude,longitude\n1.png,1,2\nnone.png,1,2\nno.png,1,2\n", "some.csv")
    #expect(
      try workplace.shell("streetnum positions some.csv").output
        == "1 file: 1 photograph placed, 2 lines name no known photograph: none.png and others\n")
    #expect(
      try workplace.shell("streetnum positions none.csv").errors.contains("the first that it names is none.png ("))
    let several = try workplace.shell("streetnum positions late.jsonl labels.csv")
    #expect(several.code == 3 && several.output == "1 file: 1 photograph placed\n")
    #expect(try workplace.shell("streetnum positions late.jsonl --archive b.tar").code == 66)
    try workplace.write(TarFile([("x.png", Photographs.noise(9))]).bytes, "b.tar")
    #expect(try workplace.shell("streetnum ingest b.tar").code == 0)
    let ambiguous = try workplace.shell("streetnum positions late.jsonl")
    #expect(ambiguous.code == 65 && ambiguous.errors.contains("; name one with --archive (positions.ambiguous)"))
    #expect(try workplace.shell("streetnum positions late.jsonl --archive a.tar").code == 0)
  }

  @Test("A zone and an offset may begin with a minus, after a space", arguments: ["-1h", "-3600", "-90s"])
  func negative(_ offset: String) throws {
    let ingest = try workplace.shell("streetnum ingest a.tar --timezone -05:00 --time-offset \(offset)")
    #expect(ingest.code == 0, "\(ingest.errors)")
  }

  @Test("An ingest says how many photographs have a position, and so does one that only finds a new table")
  func said() throws {
    let plain = try workplace.shell("streetnum ingest a.tar --db plain.sqlite")
    #expect(!plain.errors.contains("position"), "\(plain.errors)")
    #expect(try workplace.shell("streetnum ingest a.tar").code == 0)
    try write("image,latitude,longitude\np/1.png,52.1,4.3\nnone.png,1,4\nno.png,1,4\n", "a.csv")
    let unknown = "2 lines name no known photograph: none.png and others"
    for (database, says) in [
      ("streetnum", "no picture to read: all are in streetnum.sqlite already; 1 file: 1 photograph placed, \(unknown)"),
      ("streetnum", "nothing to do: everything is in streetnum.sqlite already"),
      ("new", "0.50 or more; 1 photograph with a position (1 file: 1 photograph placed, \(unknown)); 0:0"),
    ] {
      let result = try workplace.shell("streetnum ingest a.tar --db \(database).sqlite")
      #expect(result.code == 0 && result.lines.last?.contains(says) == true, "\(result.errors)")
    }
  }

  @Test("A table beside an archive that matches no photograph is an error of an ingest and of a night")
  func noMatch() throws {
    try write("image,latitude,longitude\nfoo.png,52.1,4.3\n", "a.csv")
    let says = "It matches no photograph of a.tar; the first that it names is foo.png; correct `image`"
    let ingest = try workplace.shell("streetnum ingest a.tar")
    #expect(ingest.code == 3 && ingest.errors.contains("a.csv: \(says) (positions.no_match)\n"), "\(ingest.errors)")
    #expect(ingest.errors.contains("(1 file: 0 photographs placed, 1 line names no known photograph: foo.png)"))
    let night = try workplace.shell(
      "mkdir inbox; cp a.tar a.csv inbox; streetnum nightly --inbox inbox --quiet-time 0 --db new.sqlite")
    #expect(night.code == 3 && !night.output.contains("\nOK:"), "\(night.output)")
    #expect(
      night.output.contains("0 with a position, 1 line of positions names no photograph: a.csv: \(says) ("),
      "\(night.output)")
    let shards = "streetnum ingest --shard shards a.tar"
    for _ in 0..<2 {
      let shard = try workplace.shell(shards)
      #expect(shard.code == 3 && shard.errors.contains(says), "\(shard.errors)")
    }
  }

  @Test("A table without the columns is said with those that it has, and a track with the option that would help")
  func options() throws {
    #expect(try workplace.shell("streetnum ingest a.tar").code == 0)
    try write("image,lat,lon\n1.png,52.1,4.3\n", "lat.csv")
    let table = try workplace.shell("streetnum positions lat.csv")
    #expect(
      table.code == 65
        && table.errors.contains("it has no column `latitude` and `longitude`; it has image, lat, lon (positions."),
      "\(table.errors)")
    try write(
      """
      <gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>
      <trkpt lat="50" lon="4"><time>2026-11-26T10:00:00Z</time></trkpt>
      <trkpt lat="50.0002" lon="4"><time>2026-11-26T10:00:10Z</time></trkpt></trkseg></trk></gpx>
      """, "walk.gpx")
    let zone = try workplace.shell("streetnum positions walk.gpx")
    #expect(zone.code == 3 && zone.errors.contains("; state the zone with --timezone (positions."), "\(zone.errors)")
    try write("image,captured_at\n1.png,2026-11-26T11:00:05Z\n", "times.csv")
    let offset = try workplace.shell("streetnum positions times.csv; streetnum positions walk.gpx")
    #expect(
      offset.code == 3 && offset.errors.contains("; add -3600 seconds to their times with --time-offset (positions."),
      "\(offset.errors)")
    for option in ["--time-offset -3600", "--time-offset -1h", "--time-offset=-3600s"] {
      let placed = try workplace.shell("streetnum positions walk.gpx \(option)")
      #expect(placed.output.contains("1 photograph placed"), "\(placed.output)\(placed.errors)")
    }
  }

  @Test(
    "Zones and offsets that there are not are wrong usage",
    arguments: [
      "--timezone Nowhere/City", "--timezone +25:00", "--timezone ''", "--time-offset soon", "--time-offset 1.5s",
      "--time-offset --bridge-gaps",
    ])
  func usage(_ option: String) throws {
    #expect(try workplace.shell("streetnum positions a.csv \(option)").code == 64)
  }
}
