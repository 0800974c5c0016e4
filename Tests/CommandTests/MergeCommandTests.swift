import DigitNet
import Foundation
import Pipeline
import TestSupport
import Testing

/// `streetnum merge` as a user runs it: many shards, kills, crowds, full disks.
@Suite("streetnum merge")
struct MergeCommandTests {
  let workplace: Workplace

  init() throws { workplace = try Workplace() }

  private func shell(_ command: String) throws -> Workplace.Outcome { try workplace.shell(command) }

  /// Shards of one archive each, with so many numbers in so many members.
  private func makeShards(_ count: Int, members: Int) throws {
    try FileManager.default.createDirectory(atPath: workplace.path + "/shards", withIntermediateDirectories: true)
    let method = ReadingMethod(
      modelID: String(repeating: "a", count: 64), modelName: "m", modelMetadata: "{}", parameters: "{}",
      toolVersion: "1")
    for index in 0..<count {
      let store = try Store.open(path: workplace.path + "/shards/\(index).sqlite", mode: .write)
      let place = SourcePath(path: "/\(index).tar", byteCount: 1, modified: 1)
      let sha256 = String(repeating: "0", count: 62) + String(10 + index)
      let source = SourceDescription.file(.archive, sha256: sha256, name: "\(index).tar", at: place)
      let set = try store.begin(source, method: method)
      try store.commit(
        (0..<members).map { ordinal in
          let digit = Digit(
            value: (index + ordinal) % 10, score: 9_000, box: Box(left: ordinal, top: 40, width: 20, height: 28))
          return MemberOutcome(
            ordinal: ordinal, name: "\(ordinal).png", byteCount: 1, sha256: nil, offset: nil,
            state: .done(width: 9_640, height: 480, numbers: [HouseNumber(digits: [digit], confidence: 9_731)]))
        }, to: set)
      try store.complete(set, memberCount: members)
      try store.closeAsOneFile()
    }
  }

  @Test("Killed at any moment, it has merged some shards whole; running it again completes it")
  func killed() throws {
    try makeShards(6, members: 1_500)
    let begun = ContinuousClock.now
    try #require(try shell("streetnum merge shards --into calm.sqlite").code == 0)
    let whole = begun.duration(to: .now)
    let calm = try workplace.numbers("calm.sqlite")
    #expect(calm.filter { $0 == "\n" }.count == 9_000)
    for moment in 1...12 {
      try #require(try shell("rm -f big.sqlite*").code == 0)
      let process = workplace.process("exec streetnum merge shards --into big.sqlite")
      (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
      try process.run()
      Thread.sleep(forTimeInterval: whole / .seconds(1) * Double(moment) / 13)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let left = try workplace.numbers("big.sqlite").filter { $0 == "\n" }.count
      #expect(left % 1_500 == 0)
      if left > 0 { #expect(try shell("streetnum verify --db big.sqlite").code == 0) }
      let again = try shell("streetnum merge shards --into big.sqlite && streetnum verify --db big.sqlite")
      #expect(again.code == 0, "\(again.errors)")
      let known = left == 1_500 ? "1 was" : "\(left / 1_500) were"
      #expect(again.errors.contains(", \(known) merged before, 0 refused"), "\(again.errors)")
      #expect(try workplace.numbers("big.sqlite") == calm)
    }
  }

  @Test("Merges and an ingest into one database at once: each waits for the others, and all is there")
  func crowd() throws {
    try makeShards(8, members: 500)
    try #require(try shell("streetnum merge shards --into calm.sqlite && cp $FIXTURES/crops.tar .").code == 0)
    let crowd = try shell(
      """
      streetnum merge shards/[0-5].sqlite --into big.sqlite & a=$!; streetnum merge shards/[2-7].sqlite --into big.sqlite & b=$!
      streetnum ingest crops.tar --db big.sqlite & c=$!; wait $a && wait $b && wait $c
      """)
    #expect(crowd.code == 0, "\(crowd.errors)")
    try #require(try shell("streetnum ingest crops.tar --db calm.sqlite && streetnum verify --db big.sqlite").code == 0)
    #expect(try workplace.numbers("big.sqlite") == workplace.numbers("calm.sqlite"))
  }

  @Test("A limit on the size of files is an I/O error, 74: what was merged stays, and the rest follows")
  func sizeLimit() throws {
    try makeShards(3, members: 800)
    for (shards, database) in [("shards", "calm.sqlite"), ("shards/0.sqlite", "big.sqlite")] {
      try #require(try shell("streetnum merge \(shards) --into \(database)").code == 0)
    }
    let limit = "ulimit -f $(($(stat -c %s big.sqlite) / 1024 + 40))"
    let limited = try shell("\(limit); streetnum merge shards --into big.sqlite")
    #expect(limited.code == 74 && limited.errors.contains("big.sqlite"), "\(limited.code) \(limited.errors)")
    #expect(try shell("streetnum verify --db big.sqlite").code == 0)
    let left = try workplace.numbers("big.sqlite").filter { $0 == "\n" }.count
    #expect(left >= 800 && left % 800 == 0)
    #expect(try shell("streetnum merge shards --into big.sqlite").code == 0)
    #expect(try workplace.numbers("big.sqlite") == workplace.numbers("calm.sqlite"))
  }

  @Test("A full disk is 74; with space again the rest is merged", .enabled(if: getuid() == 0))
  func fullDisk() throws {
    try makeShards(6, members: 800)
    let result = try shell(
      """
      streetnum merge shards --into calm.sqlite; mkdir t
      unshare -m bash -c 'mount -t tmpfs -o size=900k t t && streetnum merge shards --into t/big.sqlite; echo $?
        streetnum verify --db t/big.sqlite; mount -o remount,size=90m t; streetnum merge shards --into t/big.sqlite &&
        streetnum export --db t/big.sqlite --min-confidence 0 > big.ndjson'; echo $?
      """)
    #expect(result.output.hasPrefix("74\nt/big.sqlite: sound.") && result.output.hasSuffix("\n0\n"), "\(result)")
    #expect(try shell("streetnum export --db calm.sqlite --min-confidence 0 | cmp - big.ndjson").code == 0)
  }

  @Test("One of several shards that is refused is named, the others are merged, and it exits with 3")
  func refused() throws {
    try makeShards(3, members: 2)
    try workplace.write([1, 2, 3], "shards/1.sqlite")
    let result = try shell("streetnum merge shards shards/none.sqlite --into big.sqlite")
    #expect(result.code == 3 && result.lines.count == 3, "\(result.errors)")
    #expect(result.errors.contains("shards/1.sqlite") && result.errors.contains("(store.not_a_database)"))
    #expect(result.errors.contains("shards/none.sqlite") && result.errors.contains("(store.missing)"))
    #expect(try workplace.numbers("big.sqlite").filter { $0 == "\n" }.count == 4)
    for (arguments, says) in [
      ("none.sqlite --into m.sqlite", "shard none.sqlite: does not exist; check its path (store.missing)\n"),
      (
        "shards/1.sqlite --into m.sqlite",
        "shard shards/1.sqlite: is not a streetnum database; name one that `streetnum ingest` has written (store.not_a_database)\n"
      ),
      (
        "shards/0.sqlite --into shards/1.sqlite",
        "is not a streetnum database; name another with --into (store.not_a_database)\n"
      ),
    ] {
      let errors = try shell("streetnum merge \(arguments)").errors
      #expect(errors.hasSuffix(says), "\(errors)")
    }
    for (arguments, code) in [
      ("shards/1.sqlite --into big.sqlite", 65), ("none.sqlite --into new.sqlite", 66), ("--into big.sqlite", 64),
      ("big.sqlite --into big.sqlite", 64), ("shards/0.sqlite", 64), ("shards/0.sqlite --into none/big.sqlite", 73),
    ] {
      let result = try shell("streetnum merge \(arguments)")
      #expect(result.code == Int32(code), "\(arguments): \(result.code) \(result.errors)")
    }
    #expect(!workplace.exists("new.sqlite"))
  }

  @Test("What forgetting promises is so of what was merged: no byte of it is left")
  func forgotten() throws {
    try makeShards(2, members: 5)
    try #require(try shell("streetnum merge shards --into big.sqlite").code == 0)
    try #require(try shell("streetnum forget --archive 1.tar --yes --db big.sqlite").code == 0)
    #expect(try shell("grep -c -a -e 1.tar -e 1.sqlite big.sqlite").code == 1)
    #expect(try shell("streetnum verify --db big.sqlite").output.contains("1 source,"))
  }
}
