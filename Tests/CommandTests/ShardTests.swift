import Foundation
import GRDB
import TestSupport
import Testing

/// `streetnum ingest --shard` as the worker of an engine that knows exit codes and one line of JSON.
@Suite("streetnum ingest --shard")
struct ShardTests {
  let workplace: Workplace

  init() throws {
    workplace = try Workplace()
    try #require(try workplace.shell("cp $FIXTURES/crops.tar .").code == 0)
  }

  private func shell(_ command: String) throws -> Workplace.Outcome { try workplace.shell(command) }

  /// The one line of JSON, which is all that standard output holds.
  private func summary(_ outcome: Workplace.Outcome) throws -> [String: Any] {
    #expect(outcome.output.hasSuffix("}\n") && outcome.output.filter { $0 == "\n" }.count == 1, "\(outcome.output)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any], "\(outcome.errors)")
  }

  private func files(_ folder: String = "shards") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: workplace.path + "/" + folder).sorted()
  }

  @Test("One file with nothing beside it, named by the archive and the method; it merges to what one machine reads")
  func shard() throws {
    let outcome = try shell("streetnum ingest crops.tar --shard shards --json-summary -")
    let summary = try summary(outcome)
    #expect(outcome.code == 0 && summary["exit_code"] as? Int == 0 && summary["reason"] is NSNull)
    let sum = try shell("sha256sum crops.tar").output.prefix(64)
    let name = "\(sum)-\((summary["method"] as? String ?? "").prefix(12)).sqlite"
    #expect(try files() == [name])
    #expect((summary["shard"] as? String ?? "").hasSuffix("/shards/" + name))
    #expect(summary["archive_sha256"] as? String == String(sum))
    let (mode, runs) = try DatabaseQueue(path: workplace.path + "/shards/" + name).read { db in
      try (
        String.fetchOne(db, sql: "PRAGMA journal_mode"), Int.fetchOne(db, sql: "SELECT count(*) FROM runs")
      )
    }
    #expect(mode == "delete" && runs == 0)
    try #require(try shell("streetnum ingest crops.tar && streetnum merge shards --into many.sqlite").code == 0)
    #expect(try !workplace.numbers().isEmpty && workplace.numbers("many.sqlite") == workplace.numbers())
    #expect(try shell("streetnum verify --db many.sqlite").code == 0)
  }

  @Test("Two runs write the same but for times; a shard that is there is not made again, one that is damaged is")
  func twice() throws {
    let command = "streetnum ingest crops.tar --json-summary - --shard "
    #expect(try summary(shell(command + "shards"))["known"] as? Bool == false)
    #expect(try summary(shell(command + "shards"))["known"] as? Bool == true)
    try #require(try shell(command + "others").code == 0)
    let name = try files()[0]
    let dump = { (folder: String) -> [String] in
      try DatabaseQueue(path: workplace.path + "/\(folder)/" + name).read { db in
        try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'").flatMap { table in
          try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map { row in
            row.filter { !$0.0.hasSuffix("_at") }.map { "\(table) \($0) \($1)" }.joined(separator: " ")
          }
        }
      }
    }
    #expect(try files("others") == [name] && dump("shards") == dump("others"))
    try #require(try shell("truncate -s -4096 shards/*.sqlite").code == 0)
    #expect(try summary(shell(command + "shards"))["known"] as? Bool == false)
    #expect(try dump("shards") == dump("others") && files() == [name])
  }

  @Test("An archive of which nothing can be read has a shard that says why, and merges as one machine has it")
  func unreadable() throws {
    try #require(try shell("head -c 3000 crops.tar > cut.tar; : > empty.tar; echo junk > junk.tar").code == 0)
    for (name, code, reason) in [
      ("cut.tar", 3, "archive.truncated"), ("empty.tar", 65, "archive.empty"),
      ("junk.tar", 65, "archive.not_an_archive"),
    ] {
      for _ in 0..<2 {
        let outcome = try shell("streetnum ingest \(name) --shard shards --json-summary -")
        let summary = try summary(outcome)
        #expect(outcome.code == Int32(code) && summary["exit_code"] as? Int == code, "\(name): \(outcome.errors)")
        #expect((summary["reason"] as? [String: Any])?["id"] as? String == reason)
        #expect(summary["shard"] is String)
      }
      #expect(try shell("streetnum ingest \(name) --db one.sqlite").code == Int32(code))
    }
    #expect(try files().count == 3)
    try #require(try shell("streetnum merge shards --into many.sqlite").code == 0)
    let ledger = { (name: String) -> [Row] in
      try DatabaseQueue(path: workplace.path + "/" + name).read { db in
        try Row.fetchAll(
          db,
          sql: """
            SELECT identity, name, state, member_count, reason FROM sources JOIN result_sets ON source_id = sources.id
            ORDER BY identity
            """)
      }
    }
    #expect(try ledger("many.sqlite") == ledger("one.sqlite") && ledger("one.sqlite").count == 3)
    let empty = try shell("streetnum ingest empty.tar --shard shards --allow-empty --json-summary -")
    #expect(try empty.code == 0 && summary(empty)["reason"] is NSNull, "\(empty.errors)")
  }

  @Test("What is missing, or no archive, leaves no shard")
  func missing() throws {
    let outcome = try shell("streetnum ingest none.tar --shard shards --json-summary -")
    #expect(try outcome.code == 66 && summary(outcome)["shard"] is NSNull)
    #expect((try summary(outcome)["reason"] as? [String: Any])?["id"] as? String == "source.missing")
    for (arguments, code) in [
      ("crops.tar crops.tar --shard shards", 64), ("- --shard shards", 64), ("crops.tar --json-summary -", 64),
      ("crops.tar --json-summary x --shard shards", 64), ("crops.tar --fetch 'cat {}'", 64),
      ("s3://a/crops.tar --shard shards", 64), ("https://a/crops.tar", 64), ("/usr --shard shards", 65),
      ("crops.tar --shard crops.tar/x", 73),
    ] {
      let outcome = try shell("streetnum ingest \(arguments)")
      #expect(outcome.code == Int32(code) && outcome.output == "", "\(arguments): \(outcome.errors)")
    }
    #expect(try files() == [])
  }

  @Test("What a URL names is fetched without a shell, by an argument of its own, and kept no longer than it is read")
  func fetch() throws {
    try #require(try shell("mkdir temp").code == 0)
    let url = "s3://street's photos/a b;touch x/$(touch y)/crops.tar?sig=1"
    let script = "#!/bin/sh\n[ \"$1\" = \"$URL\" ] && [ $# = 2 ] && [ \"$2\" = 'two words' ] && cat crops.tar\n"
    try workplace.write(Array(script.utf8), "get")
    let command = #"chmod +x get; streetnum ingest "$URL" --shard shards --fetch-folder temp --json-summary - "#
    let outcome = try workplace.shell(command + #"--fetch "./get {} 'two words'""#, ["URL": url])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(try summary(outcome)["input"] as? String == url)
    #expect(!workplace.exists("x") && !workplace.exists("y"))
    #expect(try files("temp") == [] && files().count == 1)
    try #require(try shell("streetnum ingest crops.tar && streetnum merge shards --into many.sqlite").code == 0)
    #expect(try workplace.numbers("many.sqlite") == workplace.numbers())
  }

  @Test(
    "A fetch that fails is 74 and leaves nothing",
    arguments: [
      "cat none {}", "sh -c 'head -c 9000 crops.tar; exit 7' {}", "no-such-program {}", "sh -c 'kill -9 $$' {}",
    ])
  func failedFetch(program: String) throws {
    let outcome = try workplace.shell(
      #"mkdir temp; streetnum ingest s3://x/crops.tar --shard shards --temp temp --json-summary - --fetch "$F""#,
      ["F": program])
    #expect(outcome.code == 74, "\(outcome.errors)")
    #expect((try summary(outcome)["reason"] as? [String: Any])?["id"] as? String == "source.fetch_failed")
    #expect(try files() == [] && files("temp") == [])
  }

  @Test("With --die-with-parent it ends with its parent, and so does the program that fetches")
  func parent() throws {
    let program = "sh -c 'echo $$ > fetching; exec sleep 600' {}"
    let process = workplace.process(
      #"streetnum ingest s3://x/y.tar --shard shards --fetch "$F" --die-with-parent & echo $! > reading; wait"#,
      ["F": program])
    (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
    try process.run()
    let pids = try ["reading", "fetching"].map { name -> pid_t in
      for _ in 0..<500 where !workplace.exists(name) { Thread.sleep(forTimeInterval: 0.02) }
      Thread.sleep(forTimeInterval: 0.1)
      let text = try String(contentsOfFile: workplace.path + "/" + name, encoding: .utf8)
      return try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }
    for pid in pids { #expect(kill(pid, 0) == 0) }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    for pid in pids {
      for _ in 0..<250 where isAlive(pid) { Thread.sleep(forTimeInterval: 0.02) }
      #expect(!isAlive(pid), "\(pid) is alive")
    }
    #expect(try files().filter { !$0.hasPrefix(".") } == [])
  }

  /// Whether a process is there and has not ended; its parent may not have asked how.
  private func isAlive(_ pid: pid_t) -> Bool {
    guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return false }
    return stat.split(separator: ")").last?.split(separator: " ").first != "Z"
  }

  @Test("Killed at any moment, it leaves no shard or a whole one")
  func killed() throws {
    let begun = ContinuousClock.now
    try #require(try shell("streetnum ingest crops.tar --shard calm").code == 0)
    let whole = begun.duration(to: .now)
    for moment in 1...12 {
      try #require(try shell("rm -rf shards many.sqlite; mkdir shards").code == 0)
      let process = workplace.process("exec streetnum ingest crops.tar --shard shards")
      (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
      try process.run()
      Thread.sleep(forTimeInterval: whole / .seconds(1) * Double(moment) / 12)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let left = try files().filter { !$0.hasPrefix(".") }
      #expect(left.count <= 1)
      #expect(try shell("streetnum merge shards --into many.sqlite").code == (left.isEmpty ? 66 : 0))
      let again = try shell("streetnum ingest crops.tar --shard shards && streetnum merge shards --into many.sqlite")
      #expect(again.code == 0, "\(again.errors)")
    }
  }
}
