import Foundation
import GRDB
import TestSupport
import Testing

/// docs/formats.md names all that the program shows to others, and nothing that it does not.
@Suite("The contract in docs/formats.md")
struct ContractTests {
  private let contract: Contract
  private let workplace: Workplace

  init() throws {
    contract = try Contract()
    workplace = try Workplace()
  }

  @Test("Every reason and error id in the sources is documented, and every documented id is in the sources")
  func ids() throws {
    // Failpoints have names of the same shape, which nobody sees.
    let sources = try Repository.texts(below: "Sources").filter { !$0.contains("enum Failpoint:") }
    let named = sources.flatMap { source in
      source.matches(of: /"((archive|image|inbox|labels|member|model|output|server|source|store)\.[a-z0-9_]+)"/)
        .map { String($0.1) }
        + source.matches(of: /(?:Code\(rawValue|Reason\(\s*id): "([^"\\]+)"/).map { String($0.1) }
    }
    let documented = try contract.names(of: "Reasons and error ids")
    #expect(Set(named).count > 60)
    #expect(Set(named).subtracting(documented) == [], "not documented")
    #expect(Set(documented).subtracting(named) == [], "not in the sources")
    #expect(Set(documented).count == documented.count, "documented twice")
  }

  @Test("Every exit code in the sources is documented, and every documented exit code is in the sources")
  func exitCodes() throws {
    let own = try Repository.texts(below: "Sources").flatMap { $0.matches(of: /ExitCode\(([0-9]+)\)/).map { $0.1 } }
    // Success and wrong usage are ArgumentParser's, the last two those of signals.
    let codes = Set(own.map(String.init) + ["0", "64", "130", "143"])
    #expect(try Set(contract.names(of: "Exit codes")) == codes)
  }

  @Test("Every environment variable that is read is documented, and every documented one is read")
  func environment() throws {
    let sources = try Repository.texts(below: "Sources")
    let others = try ["Tests", "scripts", "Benchmarks"].flatMap(Repository.texts) + [Repository.text("Package.swift")]
    let own = (sources + others).flatMap { $0.matches(of: /STREETNUM_[A-Z_]*[A-Z]/).map { String($0.0) } }
    let read = sources.flatMap { $0.matches(of: /environment\["([A-Z_]+)"\]/).map { String($0.1) } }
    // What libraries and scripts read.
    let system = ["TMPDIR", "SQLITE_TMPDIR"]
    #expect(try Set(contract.names(of: "Environment variables")) == Set(own + read + system))
  }

  @Test("The database has the tables and columns that are documented, and the documented SQL gives what export gives")
  func database() throws {
    #expect(try workplace.shell("streetnum ingest $FIXTURES/crops.tar").code == 0)
    let export = try workplace.shell("streetnum export --format csv").output.split(separator: "\n").dropFirst()
    let sql = try contract.sql(of: "Database")
    try DatabaseQueue(path: workplace.path + "/streetnum.sqlite").read { db in
      let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
      #expect(contract.text.contains("is the schema's version, now \(version)."))
      let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
      #expect(contract.text.contains("`PRAGMA application_id` is \(application) "))
      // An R*Tree's tables are described with the table that it is of.
      let tables = try String.fetchAll(
        db,
        sql: """
          SELECT name FROM sqlite_schema
          WHERE type = 'table' AND name <> 'grdb_migrations' AND name NOT GLOB 'positions_rtree*'
          """)
      #expect(tables.count == contract.text.matches(of: /### Table [a-z]/).count)
      for table in tables {
        let columns = try Row.fetchAll(db, sql: "SELECT * FROM pragma_table_info(?) ORDER BY cid", arguments: [table])
        let isNullable: (Row) -> Bool = { $0["notnull"] == 0 && $0["pk"] == 0 }
        #expect(
          try contract.rows(of: "Table \(table)").map { Array($0.prefix(2)) }
            == columns.map { column in
              let type: String = column["type"]
              return ["`\(column["name"] as String)`", isNullable(column) ? "\(type), null" : type]
            })
      }
      let found = try Row.fetchAll(db, sql: sql).map { row in
        row.map { name, value in
          guard name == "confidence" else { return value.isNull ? "" : "\(value.storage.value ?? "")" }
          return String(format: "%.4f", Double.fromDatabaseValue(value) ?? -1)
        }.joined(separator: ",")
      }
      #expect(!found.isEmpty && found == export.map(String.init))
    }
  }

  @Test("CSV columns and JSON keys are those documented, in that order")
  func columns() throws {
    try workplace.write(Photographs.copy(#require(Photographs.numbered.first), "1"), "1.png")
    let csv = try workplace.shell("streetnum detect 1.png --format csv").output
    #expect(try contract.names(of: "CSV columns").joined(separator: ",") == csv.split(separator: "\n").first ?? "")
    let json = try workplace.shell("streetnum detect 1.png --format ndjson | head -n 1").output
    let keys = try contract.names(of: "JSON keys")
    #expect(try Set(object(json).keys) == Set(keys))
    let places = keys.compactMap { json.range(of: "\"\($0)\": ")?.lowerBound }
    #expect(places == places.sorted())
  }

  @Test("The names that --fields knows are the documented keys and columns, and those that it alone prints")
  func fields() throws {
    let (keys, columns) = (try contract.names(of: "JSON keys"), try contract.names(of: "CSV columns"))
    let names = try keys + columns.filter { !keys.contains($0) } + contract.names(of: "Fields that are asked for")
    let list = names.joined(separator: ", ")
    #expect(try workplace.shell("streetnum export --fields none").errors.contains(" names are \(list).\n"))
  }

  @Test("The night's report, metrics and log are as documented")
  func night() throws {
    let torn = TarFile([("1.png", Photographs.noise(1)), ("2.png", [1, 2, 3])])
    try workplace.write(torn.bytes, "torn.tar")
    try workplace.write(Array("image,latitude,longitude\n1.png,1,2\n".utf8), "torn.csv")
    let night = try workplace.shell(
      "mkdir -p inbox/folder && cp torn.* inbox && streetnum nightly --inbox inbox --quiet-time 0 --report r.json"
        + " --metrics m.prom --log-format json")
    #expect(night.code == 3, "\(night.errors)")

    let report = try object(workplace.shell("cat r.json").output)
    let entries = try #require(report["entries"] as? [[String: Any]])
    let positions = entries.compactMap { $0["positions"] as? [String: Any] }
    #expect(
      try Set(contract.names(of: "Night report as JSON"))
        == Set(report.keys).union(entries.flatMap(\.keys)).union(positions.flatMap(\.keys)))

    let metrics = try workplace.shell("cat m.prom").output.matches(of: /# TYPE ([a-z_]+) gauge/).map { String($0.1) }
    #expect(try contract.names(of: "Metrics") == metrics)

    let events = try night.lines.map { try object($0) }
    for row in try contract.rows(of: "Log") {
      let message = try #require(Contract.quoted(row[0]).first)
      guard let event = events.first(where: { $0["message"] as? String == message }) else {
        // What an earlier version read is not at hand.
        #expect(message == "reads again")
        continue
      }
      #expect(Set(event.keys) == Set(Contract.quoted(row[2]) + ["time", "level", "message"]), "\(message)")
      #expect(event["level"] as? String == row[1], "\(message)")
    }
  }

  @Test("The keys of evaluate --json are those documented, for photographs and scenes")
  func evaluation() throws {
    try workplace.write(Photographs.noise(1), "1.png")
    let labels = [
      #"{"file": "1.png", "number": "1", "digits": [{"digit": 1, "box": [0, 0, 8, 16]}]}"#,
      #"{"file": "1.png", "width": 24, "height": 16, "numbers": [{"text": "1", "box": [0, 0, 8, 16]}]}"#,
    ]
    let keys = try labels.flatMap { label in
      try workplace.write(Array(label.utf8), "labels.jsonl")
      return try object(workplace.shell("streetnum evaluate --labels labels.jsonl --json 1.png").output).keys
    }
    #expect(try Set(contract.names(of: "Evaluation as JSON")) == Set(keys))
  }

  @Test("The keys of ingest --json-summary and of --version --json are those documented, in that order")
  func workers() throws {
    for (heading, command) in [
      ("Summary keys", "streetnum ingest $FIXTURES/crops.tar --shard shards --json-summary -"),
      ("Version as JSON", "streetnum --version --json"),
    ] {
      let json = try workplace.shell(command).output
      let keys = try contract.names(of: heading)
      #expect(try Set(object(json).keys) == Set(keys))
      let places = keys.compactMap { json.range(of: "\"\($0)\": ")?.lowerBound }
      #expect(places == places.sorted() && json.filter { $0 == "\n" }.count == 1)
    }
    #expect(try workplace.shell("streetnum --version").output == "0.2.0\n")
  }

  private func object(_ json: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any], "\(json)")
  }
}
