import DigitNet
import Foundation
import Pipeline
import Testing

@Suite("streetnum query")
struct QueryCommandTests {
  private let workplace: Workplace
  private var folder: String { workplace.path }
  private var database: String { folder + "/streetnum.sqlite" }

  init() throws { workplace = try Workplace() }

  private func shell(_ command: String) throws -> Workplace.Outcome { try workplace.shell(command) }

  private func withFolder(numbers count: Int, _ body: () throws -> Void) throws {
    let store = try Store.open(path: database, mode: .write)
    let method = ReadingMethod(
      modelID: String(repeating: "a", count: 64), modelName: "m", modelMetadata: "{}", parameters: "{}",
      toolVersion: "1")
    let source = SourceDescription.file(
      .archive, sha256: String(repeating: "c", count: 64), name: "a.tar",
      at: SourcePath(path: "/a.tar", byteCount: 1, modified: 1))
    let box = Box(left: 30, top: 40, width: 20, height: 28)
    let number = HouseNumber(digits: [Digit(value: 7, score: 9_000, box: box)], confidence: 9_731)
    let outcomes = (0..<count).map { ordinal in
      MemberOutcome(
        ordinal: ordinal, name: "\(ordinal).png", byteCount: 1, sha256: nil, offset: nil,
        state: .done(width: 640, height: 480, numbers: [number]))
    }
    let set = try store.begin(source, method: method)
    try store.commit(outcomes, to: set)
    try store.complete(set, memberCount: count)
    try store.close()
    try body()
  }

  @Test("Without --db it reads streetnum.sqlite, and prints a table")
  func table() throws {
    try withFolder(numbers: 11) {
      let result = try shell("streetnum query --image '?.png' --limit 2")
      #expect(
        result.output == """
          ARCHIVE  SHA256        IMAGE  ORDINAL  WIDTH  HEIGHT  NUMBER  CONFIDENCE  BOX
          a.tar    cccccccccccc  0.png        0    640     480       7      0.9731  30,40 20x28
          a.tar    cccccccccccc  1.png        1    640     480       7      0.9731  30,40 20x28

          """)
      #expect(result.errors == "")
      #expect(result.code == 0)
    }
  }

  @Test("Lines, arrays and CSV hold the same numbers", arguments: [1, 3])
  func formats(count: Int) throws {
    try withFolder(numbers: count) {
      let lines = try shell("streetnum query --format ndjson").output.split(separator: "\n")
      #expect(lines.count == count)
      let array = try shell("streetnum query --format json").output
      #expect(array == "[\n" + lines.joined(separator: ",\n") + "\n]\n")
      let values = try JSONSerialization.jsonObject(with: Data(array.utf8)) as? [[String: Any]]
      #expect(values?.map { $0["ordinal"] as? Int } == (0..<count).map { $0 })
      let csv = try shell("streetnum query --format csv").output.split(separator: "\n")
      try #require(!csv.isEmpty)
      let places = "left,top,box_width,box_height"
      #expect(csv[0] == "archive,archive_sha256,image,ordinal,width,height,number,confidence,\(places)")
      #expect(csv.count == count + 1)
    }
  }

  @Test(
    "No match is no output, and no error",
    arguments: ["table": "", "csv": "", "ndjson": "", "json": "[]\n"])
  func noMatch(format: String, output: String) throws {
    try withFolder(numbers: 1) {
      let result = try shell("streetnum query --number 8 --format \(format)")
      #expect((result.output, result.errors, result.code) == (output, "", 0))
    }
  }

  @Test("Results of another model are asked for by the beginning of its id", arguments: ["query", "export"])
  func otherModel(command: String) throws {
    try withFolder(numbers: 1) {
      let store = try Store.open(path: database, mode: .write)
      let source = SourceDescription.file(
        .archive, sha256: String(repeating: "c", count: 64), name: "a.tar",
        at: SourcePath(path: "/a.tar", byteCount: 1, modified: 1))
      let method = ReadingMethod(
        modelID: String(repeating: "b", count: 64), modelName: "later", modelMetadata: "{}", parameters: "{}",
        toolVersion: "1")
      let set = try store.begin(source, method: method)
      let nothing = MemberOutcome(
        ordinal: 0, name: "0.png", byteCount: 1, sha256: nil, offset: nil,
        state: .done(width: 640, height: 480, numbers: []))
      try store.commit([nothing], to: set)
      try store.complete(set, memberCount: 1)
      try store.close()
      #expect(try shell("streetnum \(command) --format ndjson").output == "")
      #expect(try shell("streetnum \(command) --format ndjson --model bbbbbbbb").output == "")
      let earlier = try shell("streetnum \(command) --format ndjson --model AAAAAAAAAA")
      #expect(earlier.code == 0 && earlier.output.contains(#""number": "7""#), "\(earlier.errors)")
    }
  }

  @Test("Archives that were read in another order give the same answers, and the same contact sheet")
  func orderOfReading() throws {
    // The same name twice, the same pictures twice, and a picture of its own.
    let made = try shell(
      """
      mkdir x pictures && cp $FIXTURES/crops.tar a.tar && tar -xf a.tar -C pictures && tar -cf x/a.tar -C pictures .
      tar -xf $FIXTURES/street.tar 0004.png
      streetnum ingest a.tar x/a.tar 0004.png --db one.sqlite && streetnum ingest 0004.png x/a.tar a.tar --db other.sqlite
      """)
    #expect(made.code == 0, "\(made.errors)")
    for options in ["", "--format csv", "--format ndjson --fields +image_sha256", "--min-confidence 0", "--limit 3"] {
      let one = try shell("streetnum query --db one.sqlite \(options)").output
      #expect(try shell("streetnum query --db other.sqlite \(options)").output == one && !one.isEmpty, "\(options)")
    }
    #expect(
      try shell("cmp <(streetnum export --db one.sqlite) <(streetnum export --db other.sqlite)").code == 0)
    let number = try shell("streetnum query --db one.sqlite --format csv --fields number | sed -n 2p").output
    let sheets = try shell(
      """
      for db in one other; do streetnum show --db $db.sqlite --number \(number.trimmingCharacters(in: .newlines)) -o $db.png; done
      cmp one.png other.png
      """)
    #expect(sheets.code == 0, "\(sheets.errors)")
  }

  @Test("A reader that stops reading ends it quietly")
  func closedPipe() throws {
    try withFolder(numbers: 5_000) {
      let result = try shell("streetnum query --format ndjson | head -n 1")
      #expect(result.output.hasPrefix(#"{"archive": "a.tar""#))
      #expect((result.errors, result.code) == ("", 0))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["streetnum.sqlite"])
    }
  }

  @Test(
    "A full disk at the other end is said, 74",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func fullDisk() throws {
    try withFolder(numbers: 1) {
      let result = try shell("streetnum query > /dev/full")
      #expect(result.code == 74)
      #expect(result.errors.hasPrefix("streetnum: standard output: "))
    }
  }

  @Test(
    "What can't be answered is one line and its code",
    arguments: [
      ("query --db none.sqlite", 66), ("query --db text", 65), ("query --db .", 65),
      ("query --db newer.sqlite", 78), ("query --model 00000000", 78), ("export --model 00000000", 78),
    ] as [(String, Int32)])
  func errors(arguments: String, code: Int32) throws {
    try withFolder(numbers: 1) {
      try Data("no database, but long enough for one: \(String(repeating: "x", count: 200))".utf8)
        .write(to: URL(fileURLWithPath: folder + "/text"))
      var newer = try Data(contentsOf: URL(fileURLWithPath: database))
      newer[60] = 1  // user_version, https://www.sqlite.org/fileformat2.html#the_database_header
      try newer.write(to: URL(fileURLWithPath: folder + "/newer.sqlite"))
      let result = try shell("streetnum \(arguments)")
      #expect(result.code == code)
      #expect(result.output == "")
      #expect(result.errors.hasPrefix("streetnum: database "))
      #expect(result.errors.split(separator: "\n").count == 1)
      #expect(!FileManager.default.fileExists(atPath: folder + "/none.sqlite"))
    }
  }

  @Test("A database in a folder that may not be searched is not missing: that is a matter of rights, 77")
  func hidden() throws {
    try withFolder(numbers: 1) {
      guard let bound = try workplace.bound() else { return }
      let result = try shell(
        """
        mkdir dir; mv streetnum.sqlite dir; chmod 0 dir
        \(bound)streetnum query --db dir/streetnum.sqlite; code=$?; chmod 700 dir; exit $code
        """)
      #expect(result.code == 77 && result.output == "", "\(result.errors)")
      #expect(result.lines.count == 1 && result.errors.contains("dir/streetnum.sqlite"), "\(result.errors)")
    }
  }

  @Test(
    "Wrong usage is 64",
    arguments: [
      "--min-confidence 2", "--min-confidence nan", "--limit -1", "--limit x", "--format xml", "x", "--number 12A",
      "--number '1*'", "--prefix a", "--model aaaaaaa", "--model aaaaaaag",
    ])
  func usage(arguments: String) throws {
    try withFolder(numbers: 1) {
      let result = try shell("streetnum query \(arguments)")
      #expect(result.code == 64)
    }
  }
}
