import DigitNet
import Foundation
import GRDB
import Pipeline
import Testing

private let model = String(repeating: "a", count: 64)
private let laterModel = String(repeating: "b", count: 64)
private let archiveSHA256 = String(repeating: "c", count: 64)
private let imageSHA256 = String(repeating: "d", count: 64)
private let readAt = "2026-11-26T02:30:00.125Z"

@Suite("--fields of query and export")
struct FieldsTests {
  private let workplace: Workplace

  init() throws { workplace = try Workplace() }

  private func output(_ command: String) throws -> String {
    let result = try workplace.shell("streetnum \(command)")
    #expect((result.errors, result.code) == ("", 0))
    return result.output
  }

  /// Stores two pictures with the number 07, of which one has no SHA-256; by default as a complete set.
  private func ingest(_ modelID: String = model, complete: Bool = true) throws {
    let store = try Store.open(path: workplace.path + "/streetnum.sqlite", mode: .write)
    let method = ReadingMethod(
      modelID: modelID, modelName: "m", modelMetadata: "{}", parameters: "{}", toolVersion: "0.2.0")
    let source = SourceDescription.file(
      .archive, sha256: archiveSHA256, name: "a,b.tar", at: SourcePath(path: "/a,b.tar", byteCount: 1, modified: 1))
    let digits = [(0, 9_912, 30), (7, 10_000, 52)].map { value, score, left in
      Digit(value: value, score: score, box: Box(left: left, top: 40, width: 20, height: 28))
    }
    let members: [(Int, String, String?)] = [(0, "1.png", imageSHA256), (1, "2.png", nil)]
    let outcomes = members.map { ordinal, name, sha256 in
      MemberOutcome(
        ordinal: ordinal, name: name, byteCount: 1, sha256: sha256, offset: nil,
        state: .done(width: 640, height: 480, numbers: [HouseNumber(digits: digits, confidence: 9_731)]))
    }
    let set = try store.begin(source, method: method)
    try store.commit(outcomes, to: set)
    if complete { try store.complete(set, memberCount: outcomes.count) }
    try store.close()
    try DatabaseQueue(path: workplace.path + "/streetnum.sqlite").writeWithoutTransaction { db in
      try db.execute(
        sql: "UPDATE result_sets SET completed_at = ? WHERE completed_at IS NOT NULL", arguments: [readAt])
    }
  }

  /// What version 0.1.0 printed of the first picture.
  private static let before = [
    "ndjson": """
    {"archive": "a,b.tar", "archive_sha256": "\(archiveSHA256)", "image": "1.png", "ordinal": 0, "width": 640, "height": 480, \
    "number": "07", "confidence": 0.9731, "box": [30, 40, 42, 28], "digits": [{"digit": 0, "score": 0.9912, \
    "box": [30, 40, 20, 28]}, {"digit": 7, "score": 1.0000, "box": [52, 40, 20, 28]}]}

    """,
    "csv": """
    archive,archive_sha256,image,ordinal,width,height,number,confidence,left,top,box_width,box_height
    "a,b.tar",\(archiveSHA256),1.png,0,640,480,07,0.9731,30,40,42,28

    """,
    "table": """
    ARCHIVE  SHA256        IMAGE  ORDINAL  WIDTH  HEIGHT  NUMBER  CONFIDENCE  BOX
    a,b.tar  cccccccccccc  1.png        0    640     480      07      0.9731  30,40 42x28

    """,
  ]

  @Test("Without it the bytes are those of version 0.1.0, and so they are where it names these fields in this order")
  func versionOne() throws {
    try ingest()
    let common = "archive,archive_sha256,image,ordinal,width,height,number,confidence"
    let fields = [
      "ndjson": "\(common),box,digits", "csv": "\(common),left,top,box_width,box_height", "table": "\(common),box",
    ]
    for (format, names) in fields {
      let expected = try #require(Self.before[format])
      let query = "query --limit 1 --format \(format)"
      #expect(try output(query) == expected)
      #expect(try output("\(query) --fields \(names)") == expected)
      #expect(try output("export --format \(format)").hasPrefix(expected))
    }
    let line = try #require(Self.before["ndjson"]).dropLast()
    #expect(try output("query --limit 1 --format json") == "[\n\(line)\n]\n")
  }

  @Test(
    "The fields that it names are printed, in its order",
    arguments: [
      (
        "ndjson",
        """
        {"read_at": "\(readAt)", "number": "07", "generation": 1, "model": "\(model)", "left": 30, \
        "box": [30, 40, 42, 28], "image_sha256": "\(imageSHA256)", "tool_version": "0.2.0"}
        {"read_at": "\(readAt)", "number": "07", "generation": 1, "model": "\(model)", "left": 30, \
        "box": [30, 40, 42, 28], "image_sha256": null, "tool_version": "0.2.0"}

        """
      ),
      (
        "csv",
        """
        read_at,number,generation,model,left,box,image_sha256,tool_version
        \(readAt),07,1,\(model),30,"[30, 40, 42, 28]",\(imageSHA256),0.2.0
        \(readAt),07,1,\(model),30,"[30, 40, 42, 28]",,0.2.0

        """
      ),
      (
        "table",
        """
        READ AT                   NUMBER  GENERATION  MODEL         LEFT  BOX          IMAGE SHA256  TOOL VERSION
        \(readAt)      07           1  aaaaaaaaaaaa    30  30,40 42x28  dddddddddddd  0.2.0
        \(readAt)      07           1  aaaaaaaaaaaa    30  30,40 42x28  -             0.2.0

        """
      ),
    ])
  func chosen(format: String, expected: String) throws {
    try ingest()
    let fields = "--fields read_at,number,generation,model,left,box,image_sha256,tool_version"
    for command in ["query", "export"] { #expect(try output("\(command) --format \(format) \(fields)") == expected) }
    let array = try output("export --format json \(fields)")
    #expect(try array == "[\n" + output("export \(fields)").dropLast().replacing("\n", with: ",\n") + "\n]\n")
  }

  @Test("With + they follow those that are printed anyway, and none is printed twice")
  func added() throws {
    try ingest()
    let lines = try #require(Self.before["ndjson"]).dropLast(2)
    #expect(
      try output("query --limit 1 --format ndjson --fields +generation,number,tool_version")
        == "\(lines), \"generation\": 1, \"tool_version\": \"0.2.0\"}\n")
    let csv = try #require(Self.before["csv"]).split(separator: "\n")
    #expect(
      try output("query --limit 1 --format csv --fields +left,digits").split(separator: "\n") == [
        csv[0] + ",digits",
        csv[1] + #","[{""digit"": 0, ""score"": 0.9912, ""box"": [30, 40, 20, 28]}, "#
          + #"{""digit"": 7, ""score"": 1.0000, ""box"": [52, 40, 20, 28]}]""#,
      ])
    #expect(try output("export --fields +box") == output("export"))
  }

  @Test("Conditions and the newest model's results are the same with it")
  func otherModel() throws {
    try ingest()
    try ingest(laterModel, complete: false)
    func read(_ options: String) throws -> ArraySlice<Substring> {
      try output("query --format csv --prefix 0 --image '1*' --fields generation,model,read_at \(options)")
        .split(separator: "\n").suffix(from: 1)
    }
    #expect(try read("") == ["1,\(model),\(readAt)"], "a complete set hides one that is not")
    #expect(try read("--model bbbbbbbb") == ["2,\(laterModel),"])
    try ingest(laterModel)
    #expect(try read("") == ["2,\(laterModel),\(readAt)"])
    #expect(try read("--model aaaaaaaa") == ["1,\(model),\(readAt)"])
  }

  @Test("No match is no output", arguments: ["table": "", "csv": "", "ndjson": "", "json": "[]\n"])
  func noMatch(format: String, expected: String) throws {
    try ingest()
    #expect(try output("query --number 8 --format \(format) --fields model") == expected)
  }

  @Test(
    "A name that there is not is wrong usage, and the message lists the names that there are",
    arguments: ["nothing", "''", "+", "number,", "Number", "model_id,number", "+model,+generation", "'number, box'"])
  func unknown(fields: String) throws {
    for command in ["query", "export"] {
      let result = try workplace.shell("streetnum \(command) --fields \(fields)")
      #expect((result.output, result.code) == ("", 64))
      #expect(result.errors.contains("there is no field"), "\(result.errors)")
      #expect(result.errors.contains("archive, archive_sha256, image, "), "\(result.errors)")
      #expect(result.errors.contains("generation, tool_version, image_sha256, read_at"), "\(result.errors)")
    }
  }

  @Test("A name that comes twice is wrong usage", arguments: ["number,number", "+model,number,model"])
  func twice(fields: String) throws {
    let result = try workplace.shell("streetnum query --fields \(fields)")
    #expect((result.output, result.code) == ("", 64))
    #expect(result.errors.contains("twice"), "\(result.errors)")
  }

  @Test(
    "A database of an earlier schema gives, where it may not be written, what it gives after its migration",
    arguments: [1, 2, 3])
  func earlierSchema(version: Int) throws {
    guard let bound = try workplace.bound() else { return }
    let folder = workplace.path + "/dir"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    let queue = try DatabaseQueue(path: folder + "/n.sqlite")
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      try db.execute(sql: Repository.text("Tests/PipelineTests/Ledger/schema-\(version).sql"))
      // The same source, as another model read it before.
      try db.execute(
        sql: """
          INSERT INTO models VALUES (?, 'm', '{}');
          INSERT INTO result_sets (source_id, model_id, parameters, fingerprint, tool_version, state, started_at)
            VALUES ((SELECT min(source_id) FROM result_sets), ?, '{}', '', '0.0.9', 'running', '2020-01-01T00:00:00.000Z')
          """, arguments: [model, model])
    }
    try queue.close()
    let export =
      "export --db dir/n.sqlite --min-confidence 0 --fields +model,generation,tool_version,image_sha256,read_at"
    let before = try workplace.shell(
      """
      chmod 444 dir/n.sqlite; chmod 555 dir
      \(bound)streetnum \(export); code=$?; chmod 755 dir; chmod 644 dir/n.sqlite; exit $code
      """)
    #expect((before.errors, before.code) == ("", 0))
    #expect(before.output.contains(#""generation": 2, "tool_version": "0.1.0", "image_sha256": "35adde88"#))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["n.sqlite"])
    try Store.open(path: folder + "/n.sqlite", mode: .write).close()
    #expect(try output(export) == before.output)
  }
}
