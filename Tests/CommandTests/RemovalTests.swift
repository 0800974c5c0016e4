import DigitNet
import Foundation
import Pipeline
import TestSupport
import Testing

/// `streetnum forget` and `streetnum prune`, through the built program.
@Suite("Removing what was read")
struct RemovalTests {
  let workplace: Workplace

  init() throws {
    workplace = try Workplace()
    let picture = try #require(Photographs.numbered.first)
    for (archive, member) in [("garden-lane.tar", "front-door"), ("other.tar", "gate")] {
      let pictures = (0..<2).map { ("\(member)-\($0).png", Photographs.copy(picture, "\(member) \($0)")) }
      try workplace.write(TarFile(pictures).bytes, archive)
    }
  }

  private func shell(_ command: String) throws -> Workplace.Outcome { try workplace.shell(command) }

  private func sha256(_ file: String) throws -> String { String(try shell("sha256sum \(file)").output.prefix(64)) }

  private func require(_ command: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let result = try shell(command)
    try #require(result.code == 0, "\(result.errors)", sourceLocation: sourceLocation)
  }

  @Test("A forgotten archive leaves no byte of its names and hashes in the files, and nothing else changes")
  func forget() throws {
    try require("streetnum ingest other.tar; streetnum export --min-confidence 0 > other.ndjson")
    try require("streetnum ingest garden-lane.tar")
    let secrets = ["garden-lane", "front-door", try sha256("garden-lane.tar")]
    try require("streetnum backup copy.sqlite")
    let held = try secrets.map { try shell("grep -c -a \($0) streetnum.sqlite").code }
    #expect(held == [0, 0, 0], "the names are looked for as they are stored")
    let result = try shell("streetnum forget --archive garden-lane.tar --yes")
    #expect(result.code == 0 && result.errors == "", "\(result.errors)")
    #expect(
      result.output.hasPrefix(
        "removed garden-lane.tar (SHA-256 \(secrets[2])): 1 result set, 2 members (2 done, 0 rejected, 0 ignored), "))
    #expect(result.output.contains(" of any confidence\n"), "\(result.output)")
    #expect(result.output.contains("still in \(workplace.path)/garden-lane.tar\n"))
    #expect(try shell("ls").output == "copy.sqlite\ngarden-lane.tar\nother.ndjson\nother.tar\nstreetnum.sqlite\n")
    #expect(try shell("grep -c -a front-door copy.sqlite").code == 0, "a backup keeps what it held")
    try require("streetnum backup copy.sqlite")
    for secret in secrets {
      #expect(try shell("cat streetnum.sqlite copy.sqlite | grep -c -a \(secret)").code == 1, "\(secret)")
    }
    #expect(try shell("streetnum export --min-confidence 0 | cmp - other.ndjson").code == 0)
    #expect(try shell("streetnum verify").output.contains("sound. 1 source,"))
    #expect(try shell("streetnum forget --archive garden-lane.tar --yes").code == 66)
    try require("streetnum ingest garden-lane.tar")
    #expect(try shell("streetnum query --archive garden-lane.tar --format ndjson --min-confidence 0").output != "")
  }

  @Test("While another process has the database open, the log beside it holds none of the bytes either")
  func log() throws {
    try require("streetnum ingest garden-lane.tar other.tar")
    let reader = try Store.open(path: workplace.path + "/streetnum.sqlite", mode: .read)
    try require("streetnum forget --archive garden-lane.tar --yes")
    #expect(workplace.exists("streetnum.sqlite-wal"))
    for secret in ["garden-lane", "front-door", try sha256("garden-lane.tar")] {
      #expect(try shell("cat streetnum.sqlite streetnum.sqlite-wal | grep -c -a \(secret)").code == 1, "\(secret)")
    }
    try reader.close()
  }

  @Test(
    "What can't be removed is one line and its code, and nothing changes",
    arguments: [
      ("--archive none.tar --yes", 66, "known as none.tar"), ("--archive other.tar", 64, "--yes"),
      ("--archive other.tar --yes --db none.sqlite", 66, "does not exist"),
    ] as [(String, Int32, String)])
  func refused(options: String, code: Int32, says: String) throws {
    try require("streetnum ingest other.tar garden-lane.tar")
    let before = try sha256("streetnum.sqlite")
    let result = try shell("streetnum forget \(options)")
    #expect(result.code == code && result.output == "")
    #expect(result.lines.count == 1 && result.errors.contains(says), "\(result.errors)")
    #expect(try sha256("streetnum.sqlite") == before)
    #expect(!workplace.exists("none.sqlite"))
  }

  @Test("Of several archives of one name the SHA-256 names one")
  func ambiguous() throws {
    try require("mkdir old; cp garden-lane.tar old/other.tar; streetnum ingest other.tar old/other.tar")
    let hashes = [try sha256("other.tar"), try sha256("garden-lane.tar")]
    let result = try shell("streetnum forget --archive other.tar --yes")
    #expect(result.code == 64 && result.lines.count == 1)
    for hash in hashes { #expect(result.errors.contains(hash), "\(result.errors)") }
    try require("streetnum forget --archive \(hashes[1].uppercased()) --yes")
    let left = try shell("streetnum query --format ndjson --min-confidence 0").output.split(separator: "\n")
    #expect(!left.isEmpty && left.allSatisfy { $0.contains(hashes[0]) })
  }

  @Test("An archive that is stored under the name of another with the same bytes goes by its own name, too")
  func otherName() throws {
    try require("cp garden-lane.tar copy.tar; streetnum ingest garden-lane.tar copy.tar")
    let result = try shell("streetnum forget --archive copy.tar --yes")
    #expect(result.code == 0, "\(result.errors)")
    #expect(try shell("streetnum query --min-confidence 0 --format ndjson").output.isEmpty)
    #expect(try shell("streetnum forget --archive opy.tar --yes").code == 66)
  }

  @Test("A dry run says what would go, and changes nothing")
  func dryRun() throws {
    try require("streetnum ingest other.tar 2> /dev/null; streetnum ingest --max-scans 99 other.tar")
    let before = try sha256("streetnum.sqlite")
    let forget = try shell("streetnum forget --archive other.tar --dry-run")
    #expect(forget.code == 0 && forget.output.hasPrefix("would remove other.tar"), "\(forget.output)")
    #expect(forget.output.contains("2 result sets, 4 members"))
    let prune = try shell("streetnum prune --superseded --dry-run")
    #expect(prune.code == 0 && prune.output.hasPrefix("would drop 1 result set, 2 members"), "\(prune.output)")
    #expect(try sha256("streetnum.sqlite") == before)
  }

  @Test("On a terminal it asks, and only yes removes", .enabled(if: Workplace.has("script")))
  func question() throws {
    try require("streetnum ingest other.tar")
    let command = "script -qec 'streetnum forget --archive other.tar' /dev/null"
    let no = try shell("echo | \(command)")
    #expect(no.code == 64 && no.output.contains("[y/N]"), "\(no.output)")
    #expect(try shell("streetnum verify").output.contains(" 1 source,"))
    let yes = try shell("echo y | \(command)")
    #expect(yes.code == 0 && yes.output.contains("removed other.tar"), "\(yes.output)")
    #expect(try shell("streetnum verify").output.contains("0 sources"))
  }

  @Test("An archive that a run is reading is left to it, 75")
  func held() throws {
    try require("streetnum ingest other.tar")
    let store = try Store.open(path: workplace.path + "/streetnum.sqlite", mode: .write)
    try store.startRun("test")
    let place = SourcePath(path: "/garden-lane.tar", byteCount: 1, modified: 1)
    let source = SourceDescription.file(
      .archive, sha256: String(repeating: "c", count: 64), name: "garden-lane.tar", at: place)
    _ = try store.begin(
      source,
      method: ReadingMethod(
        modelID: String(repeating: "a", count: 64), modelName: "m", modelMetadata: "{}", parameters: "{}",
        toolVersion: "1"))
    let result = try shell("streetnum forget --archive garden-lane.tar --yes")
    #expect(result.code == 75 && result.errors.contains("is being read by another run, process"), "\(result.errors)")
    try require("streetnum forget --archive other.tar --yes")
    try store.endRun(exitCode: 0)
    try store.close()
    try require("streetnum forget --archive garden-lane.tar --yes")
    #expect(try shell("streetnum verify").output.contains("0 sources"))
  }

  @Test("Where somebody reads an earlier state for too long it ends with 75, and the same call later completes it")
  func readMeanwhile() throws {
    try require("streetnum ingest other.tar garden-lane.tar")
    let reader = try Store.open(path: workplace.path + "/streetnum.sqlite", mode: .read)
    let command = "streetnum forget --archive garden-lane.tar --yes"
    var query = NumberQuery()
    (query.minimumConfidence, query.limit) = (0, 1)
    try reader.forEachNumber(matching: query) { _ in
      for time in ["0.3", "0.005m"] {
        let result = try shell(command + " --wait \(time)")
        #expect(result.code == 75 && result.output == "", "\(result.errors)")
        #expect(
          result.lines.count == 1 && result.errors.contains("may still contain what was removed"), "\(result.errors)")
      }
      #expect(try shell("streetnum query --archive garden-lane.tar --min-confidence 0").output == "")
    }
    try reader.close()
    try require(command)
    #expect(try shell("grep -c -a -e garden-lane -e front-door streetnum.sqlite").code == 1)
  }

  @Test("A night does not read again what was forgotten and lies in its folder, but what is given again")
  func nights() throws {
    let night = "streetnum nightly --inbox inbox --quiet-time 0"
    try require("mkdir inbox; cp other.tar inbox; \(night); streetnum forget --archive other.tar --yes")
    let next = try shell(night)
    #expect(next.code == 0 && next.output.contains("\n0 read, 0 known, "), "\(next.output)")
    #expect(workplace.exists("inbox/done/other.tar"))
    #expect(try workplace.numbers() == "")
    let given = try shell("cp other.tar inbox; \(night)")
    #expect(given.code == 0 && given.output.contains("\n1 read, 0 known, "), "\(given.output)")
    #expect(try workplace.numbers() != "")
  }

  @Test("Pruning drops what a newer complete result set replaces; what is exported stays the same")
  func prune() throws {
    try require("streetnum ingest other.tar garden-lane.tar; streetnum ingest --max-scans 99 other.tar")
    let before = try workplace.numbers()
    let result = try shell("streetnum prune --superseded")
    #expect(result.code == 0 && result.errors == "", "\(result.errors)")
    #expect(result.output.hasPrefix("dropped 1 result set, 2 members (2 done, 0 rejected, 0 ignored), "))
    #expect(result.output.contains(" of any confidence, of 1 source; "), "\(result.output)")
    #expect(try !before.isEmpty && workplace.numbers() == before)
    #expect(try shell("streetnum verify").output.contains("2 sources, 2 result sets"))
    #expect(try shell("streetnum prune --superseded").output == "dropped nothing; the database is 0 bytes smaller\n")
    #expect(try shell("streetnum prune").code == 64)
    let missing = try shell("streetnum prune --superseded --db none.sqlite")
    #expect(missing.code == 66 && !workplace.exists("none.sqlite"))
  }

  /// A database of one archive that stays, and of one that has 4,000 members, read twice.
  private func makeLarge() throws {
    try require("streetnum ingest other.tar; streetnum export --min-confidence 0 > other.ndjson")
    let store = try Store.open(path: workplace.path + "/streetnum.sqlite", mode: .write)
    let box = Box(left: 30, top: 40, width: 20, height: 28)
    let number = HouseNumber(digits: [Digit(value: 7, score: 9_000, box: box)], confidence: 9_731)
    let place = SourcePath(path: "/large.tar", byteCount: 1, modified: 1)
    let source = SourceDescription.file(
      .archive, sha256: String(repeating: "c", count: 64), name: "large.tar", at: place)
    for parameters in ["{}", #"{"a":1}"#] {
      let set = try store.begin(
        source,
        method: ReadingMethod(
          modelID: String(repeating: "a", count: 64), modelName: "m", modelMetadata: "{}", parameters: parameters,
          toolVersion: "1"))
      try store.commit(
        (0..<4_000).map {
          MemberOutcome(
            ordinal: $0, name: "front-door-\($0).png", byteCount: 1, sha256: nil, offset: nil,
            state: .done(width: 640, height: 480, numbers: [number]))
        }, to: set)
      try store.complete(set, memberCount: 4_000)
    }
    try store.close()
    try require("streetnum export --min-confidence 0 > all.ndjson; cp streetnum.sqlite all.sqlite")
  }

  /// Kills a command at moments that are spread over the time that it takes, and looks at what it left.
  private func kill(_ command: String, _ look: () throws -> Void) throws {
    let begun = ContinuousClock.now
    try require(command)
    let whole = begun.duration(to: .now)
    for moment in 1...12 {
      try require("rm -f streetnum.sqlite*; cp all.sqlite streetnum.sqlite")
      let process = workplace.process("exec " + command)
      (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
      try process.run()
      Thread.sleep(forTimeInterval: whole / .seconds(1) * Double(moment) / 12)
      Foundation.kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      #expect(try shell("streetnum verify").code == 0)
      try look()
    }
  }

  @Test("Killed at any moment, forgetting has removed nothing, or all; running it again completes it")
  func killedForgetting() throws {
    try makeLarge()
    let command = "streetnum forget --archive large.tar --yes"
    try kill(command) {
      let left = try workplace.numbers()
      let (all, other) = (try shell("cat all.ndjson").output, try shell("cat other.ndjson").output)
      #expect(left == all || left == other)
      let again = try shell(command)
      // 66 where the first was done but for saying so.
      #expect(again.code == 0 || again.code == 66 && left == other, "\(again.errors)")
      #expect(try workplace.numbers() == other)
      #expect(try shell("grep -c -a -e large.tar -e front-door streetnum.sqlite").code == 1)
      #expect(try shell("streetnum verify").output.contains(" 1 source,"))
    }
  }

  @Test("Killed at any moment, pruning changes no export; running it again completes it")
  func killedPruning() throws {
    try makeLarge()
    try kill("streetnum prune --superseded") {
      #expect(try shell("streetnum export --min-confidence 0 | cmp - all.ndjson").code == 0)
      try require("streetnum prune --superseded")
      #expect(try shell("streetnum export --min-confidence 0 | cmp - all.ndjson").code == 0)
      #expect(try shell("streetnum verify").output.contains("2 sources, 2 result sets"))
    }
  }
}
