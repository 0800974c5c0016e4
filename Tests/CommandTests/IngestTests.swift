import DigitNet
import Foundation
import GRDB
import TestSupport
import Testing

/// What `streetnum ingest` stores depends on the photographs alone: not on how they come, how often, or how fast.
@Suite("streetnum ingest")
struct IngestTests {
  let workplace: Workplace

  init() throws { workplace = try Workplace() }

  /// Makes street.tar and the folder street of the same files: three photographs with numbers, a fourth by the bytes of
  /// the first, and a text.
  private func makeStreet() throws {
    let pictures = Photographs.numbered
    try #require(pictures.count >= 3)
    try FileManager.default.createDirectory(
      atPath: workplace.path + "/street/elm", withIntermediateDirectories: true)
    for (name, picture) in zip(["1.png", "2.png", "elm/3.png", "elm/twin.png"], pictures[..<3] + [pictures[0]]) {
      try workplace.write(picture.file, "street/" + name)
    }
    let made = try workplace.shell("cd street; seq 9 > README.txt; tar -cf ../street.tar README.txt 1.png 2.png elm")
    try #require(made.code == 0)
  }

  /// Images, numbers, confidences and boxes, without where they lie.
  private func findings(_ database: String) throws -> [String] {
    let lines = try workplace.numbers(database).split(separator: "\n").map { line -> String in
      let image = try #require(line.range(of: #""image": "[^"]*""#, options: .regularExpression))
      let found = try #require(line.range(of: #""width": .*"#, options: .regularExpression))
      return "\(line[image]) \(line[found])"
    }
    return lines.sorted()
  }

  @Test("The fixtures are read; a second time there is nothing to do, and it says so")
  func fixtures() throws {
    let first = try workplace.shell("streetnum ingest $FIXTURES/street.tar")
    #expect(first.code == 0)
    #expect(first.errors.contains("16 done, 0 rejected, 2 ignored"), "\(first.errors)")
    #expect(first.output == "")
    let numbers = try workplace.numbers()
    #expect(!numbers.isEmpty)
    for input in ["$FIXTURES/street.tar", "--rehash $FIXTURES/street.tar", "- < $FIXTURES/street.tar"] {
      let again = try workplace.shell("streetnum ingest \(input)")
      #expect(again.code == 0)
      #expect(again.errors.contains("nothing to do"), "\(again.errors)")
      #expect(try workplace.numbers() == numbers)
    }
  }

  @Test("Numbers are new where their pictures were read, and not where a listing changed or nothing is stored")
  func newNumbers() throws {
    let picture = try #require(Photographs.numbered.first)
    try #require(try workplace.shell("mkdir photos").code == 0)
    for name in ["1.png", "2.png"] { try workplace.write(Photographs.copy(picture, name), "photos/\(name)") }
    let first = try workplace.shell("streetnum ingest photos")
    let count = try #require(first.errors.matches(of: /; ([1-9][0-9]*) new numbers? of/).first?.1)
    #expect(!first.errors.contains("read before"), "\(first.errors)")
    try workplace.write([1, 2, 3], "photos/3.png")
    let again = try workplace.shell("streetnum ingest photos")
    #expect(again.code == 3 && again.errors.contains("2 done, 1 rejected, 0 ignored; 0 new numbers"), "\(again.errors)")
    #expect(again.errors.contains("or more, 2 pictures were read before; 0:00, 0.0 pictures/s"), "\(again.errors)")
    try workplace.write(Array(#"{"file": "1.png", "number": "1"}"#.utf8), "labels.jsonl")
    let study = try workplace.shell("streetnum evaluate --labels labels.jsonl photos")
    #expect(study.errors.contains("; \(count) number") && !study.errors.contains("new number"), "\(study.errors)")
  }

  @Test("A folder may hold its own database, which is no member of it: a second time there is nothing to do")
  func ownDatabase() throws {
    try #require(try workplace.shell("mkdir photos").code == 0)
    for seed in 0..<2 { try workplace.write(Photographs.noise(seed), "photos/\(seed).png") }
    for says in ["2 done, 0 rejected, 0 ignored", "nothing to do, its 2 members"] {
      let result = try workplace.shell("streetnum ingest photos --db photos/x.sqlite --verbose")
      #expect(result.code == 0 && result.errors.contains(says), "\(result.errors)")
      #expect(!result.errors.contains("x.sqlite: ignored"), "\(result.errors)")
    }
  }

  @Test(
    "The same photographs give the same numbers, whatever they come in",
    arguments: [
      ("street", "", ""), ("street.tar.gz", "gzip", "gzip -k street.tar"),
      ("street.tar.zst", "zstd", "zstd -q street.tar"), ("street.tar.xz", "xz", "xz -k street.tar"),
      ("street.zip", "zip", "cd street; zip -qr ../street.zip ."), ("-", "", ""),
      (
        "street/1.png street/2.png street/elm", "",
        "cp street/elm/3.png street/elm/twin.png street; rm -r street/elm; "
          + "mkdir -p street/elm/elm; mv street/3.png street/twin.png street/elm/elm"
      ),
    ])
  func containers(input: String, tool: String, make: String) throws {
    guard tool.isEmpty || Workplace.has(tool) else {
      Issue.record("Skipped: there is no \(tool) here", severity: .warning)
      return
    }
    try makeStreet()
    try #require(try workplace.shell(make).code == 0)
    #expect(try workplace.shell("streetnum ingest street.tar --db tar.sqlite").code == 0)
    #expect(try workplace.shell("streetnum ingest \(input) --db x.sqlite < street.tar").code == 0)
    let found = try findings("x.sqlite")
    #expect(found.count >= 4)
    #expect(try found == findings("tar.sqlite"))
  }

  @Test("One worker or three, much memory or one MiB: the same bytes come out")
  func jobs() throws {
    try makeStreet()
    try #require(
      try workplace.shell("tar -xf $FIXTURES/street.tar -C street 0003.jpg; tar -cf street.tar street").code == 0)
    let options = ["--jobs 1", "--jobs 3", "--jobs 3 --memory 1"]
    let outputs = try options.map { options in
      let result = try workplace.shell(
        "rm -f streetnum.sqlite; timeout 120 streetnum ingest street.tar \(options)")
      #expect(result.code == 0)
      return try workplace.numbers()
    }
    #expect(!outputs[0].isEmpty)
    #expect(Set(outputs).count == 1)
  }

  @Test("All kernels read what the best ones read")
  func kernels() throws {
    try makeStreet()
    let command = "streetnum detect street/1.png street/2.png --min-confidence 0 --format ndjson"
    let best = try workplace.shell(command)
    #expect(best.code == 0 && !best.output.isEmpty)
    for name in Kernels.names where Kernels.named(name) != nil {
      let forced = try workplace.shell(command, ["STREETNUM_KERNEL": name])
      #expect(forced.code == 0 && forced.output == best.output, "\(name)")
    }
  }

  @Test("The same bytes under two names are stored under both")
  func twins() throws {
    try makeStreet()
    #expect(try workplace.shell("streetnum ingest street.tar").code == 0)
    let numbers = [try numbers(of: "1.png"), try numbers(of: "elm/twin.png")]
    #expect(!numbers[0].isEmpty)
    #expect(numbers[0] == numbers[1])
  }

  private func numbers(of image: String) throws -> [String] {
    let csv = try workplace.shell(
      "streetnum query --min-confidence 0 --image '\(image)' --format csv | tail -n +2 | cut -d, -f 5-")
    return csv.output.split(separator: "\n").map(String.init)
  }

  @Test("Names are bytes: UTF-8 as it is, all else percent-escaped")
  func names() throws {
    let picture = try #require(Photographs.numbered.first)
    var tar = TarFile()
    for (index, name) in ["h\u{E4}user/1.png".utf8.map { $0 }, [0x68, 0xE4, 0x25] + Array(".png".utf8)].enumerated() {
      tar.add(name, Photographs.copy(picture, "\(index)"))
    }
    try workplace.write(tar.bytes, "x.tar")
    let result = try workplace.shell(
      """
      mkdir dir; cd dir; tar -xf ../x.tar; tar --format=pax -cf ../pax.tar h\u{E4}user; cd ..
      streetnum ingest x.tar --db tar.sqlite && streetnum ingest dir --db dir.sqlite && streetnum ingest pax.tar --db pax.sqlite
      """)
    #expect(result.code == 0, "\(result.errors)")
    let names = ["\"h\u{E4}user/1.png\"", "\"h%E4%25.png\""]
    for (database, names) in [("tar", names), ("dir", names), ("pax", [names[0]])] {
      let numbers = try workplace.numbers("\(database).sqlite")
      for name in names { #expect(numbers.contains("\"image\": \(name)"), "\(database): \(numbers)") }
    }
  }

  @Test(
    "A run that is killed goes on where it was, and comes to the same; query works meanwhile", arguments: [false, true])
  func killed(isStream: Bool) throws {
    let picture = try #require(Photographs.numbered.first)
    try workplace.write(
      TarFile((0..<200).map { ("\($0).png", Photographs.copy(picture, "\($0)")) }).bytes, "x.tar")
    #expect(try workplace.shell("streetnum ingest x.tar --db undisturbed.sqlite").code == 0)

    // A stream shows nothing before its end, so it is killed when its writer has come to the middle.
    let run = workplace.process(
      isStream
        ? """
        exec streetnum ingest - < <(head -c $(($(stat -c %s x.tar) / 2)) x.tar; sleep 1; : > sent
          while [ ! -e killed ]; do sleep 0.1; done)
        """
        : "exec streetnum ingest --jobs 1 x.tar")
    run.standardError = FileHandle.nullDevice
    try run.run()
    let deadline = Date(timeIntervalSinceNow: 60)
    while Date() < deadline, run.isRunning {
      let query = try workplace.shell("streetnum query --format ndjson --min-confidence 0")
      #expect(query.code == 0 || query.code == 66, "\(query.errors)")
      if isStream ? workplace.exists("sent") : !query.output.isEmpty { break }
    }
    #expect(run.isRunning, "it ended before it could be killed")
    kill(run.processIdentifier, SIGKILL)
    try workplace.write([], "killed")
    run.waitUntilExit()

    let again = try workplace.shell(isStream ? "streetnum ingest - < x.tar" : "streetnum ingest x.tar")
    #expect(again.code == 0)
    if !isStream { #expect(again.errors.contains("resumes after "), "\(again.errors)") }
    let undisturbed = try workplace.numbers("undisturbed.sqlite")
    #expect(undisturbed.split(separator: "\n").count >= 200)
    #expect(try workplace.numbers() == (isStream ? renamed(undisturbed) : undisturbed))
    #expect(try workplace.shell("streetnum verify").output.contains(" 1 source, 1 result set; 200 members ended"))
  }

  private func renamed(_ numbers: String) -> String {
    numbers.replacingOccurrences(of: "{\"archive\": \"x.tar\"", with: "{\"archive\": \"-\"")
  }

  @Test("A stream is the archive that its bytes are, whichever came first", arguments: [false, true])
  func stream(isFirst: Bool) throws {
    try makeStreet()
    let inputs = ["- < street.tar", "street.tar"]
    for input in isFirst ? inputs : inputs.reversed() {
      #expect(try workplace.shell("streetnum ingest \(input)").code == 0)
    }
    let lines = try workplace.numbers().split(separator: "\n")
    #expect(lines.count >= 4)
    #expect(lines.allSatisfy { $0.hasPrefix("{\"archive\": \"street.tar\"") })
    let sum = try workplace.shell("sha256sum < street.tar").output.prefix(64)
    #expect(lines.allSatisfy { $0.contains("\"archive_sha256\": \"\(sum)\"") })
  }

  @Test("What has been read of a pipe is stored after a moment, though the rest of it doesn't come")
  func waiting() throws {
    let outcome = try workplace.shell(
      """
      mkfifo pipe
      exec 3<>pipe
      streetnum ingest - <pipe 2>/dev/null 3>&- &
      head -c -1024 "$FIXTURES/street.tar" >&3
      for second in $(seq 60); do
        streetnum verify 2>/dev/null | grep -qE ' [1-9][0-9]* done.* 0 in progress' && echo stored && break
        sleep 1
      done
      kill -KILL %1
      """)
    #expect(outcome.output == "stored\n")
  }

  @Test("The time limit of a picture that is read in a process of its own is for decoding alone")
  func isolatedTime() throws {
    let command = "streetnum ingest $FIXTURES/crops.tar --member-timeout 0.03s"
    try #require(try workplace.shell("streetnum ingest $FIXTURES/crops.tar").code == 0)
    let before = try workplace.numbers()
    let queue = try DatabaseQueue(path: workplace.path + "/streetnum.sqlite")
    // As a run leaves them that ended while it read them.
    try queue.writeWithoutTransaction { db in
      try db.execute(
        sql: """
          DELETE FROM numbers WHERE ordinal < 2;
          UPDATE members SET state = 'pending', attempts = 1, width = NULL, height = NULL WHERE ordinal < 2;
          UPDATE result_sets SET state = 'running', completed_at = NULL, member_count = NULL
          """)
    }
    try queue.close()
    let outcome = try workplace.shell(command)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(try workplace.numbers() == before)
  }
}
