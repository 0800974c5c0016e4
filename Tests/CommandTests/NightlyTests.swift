import Foundation
import TestSupport
import Testing

/// `streetnum nightly` and the commands that keep its database, through the built program.
@Suite("The nightly job's commands")
struct NightlyTests {
  let workplace: Workplace

  init() throws {
    workplace = try Workplace()
    let picture = try #require(Photographs.numbered.first)
    let good = ["1.png", "2.png"].map { ($0, Photographs.copy(picture, $0)) }
    try workplace.write(TarFile(good).bytes, "good.tar")
    try workplace.write(TarFile(good + [("3.png", [1, 2, 3])]).bytes, "torn.tar")
  }

  private func nightly(_ options: String = "", before: String = "mkdir -p inbox; cp *.tar inbox") throws
    -> Workplace.Outcome
  {
    try workplace.shell("\(before); streetnum nightly --inbox inbox --quiet-time 0 \(options)")
  }

  @Test("A night reads the inbox, reports in text, JSON and for Prometheus, and says 3 where something was rejected")
  func night() throws {
    let result = try nightly("--report r.json --report r.txt --metrics m.prom --log-format json")
    #expect(result.code == 3, "\(result.errors)")
    #expect(
      try workplace.shell("ls inbox inbox/done").output == "done\nfailed\n\ninbox/done:\ngood.tar\ntorn.tar\n"
        || workplace.shell("ls inbox/done").output == "good.tar\ntorn.tar\n")
    #expect(result.output.contains("torn.tar: read, 2 done, 1 rejected"))
    #expect(try workplace.shell("cat r.txt").output == result.output)
    let report = try workplace.shell("cat r.json").output
    let object = try #require(try JSONSerialization.jsonObject(with: Data(report.utf8)) as? [String: Any])
    #expect(object["exit_code"] as? Int == 3)
    let metrics = try workplace.shell("cat m.prom").output
    #expect(metrics.contains("streetnum_members{state=\"rejected\"} 1\n"))
    #expect(metrics.contains("streetnum_nightly_exit_code 3\n"))
    #expect(metrics.contains("streetnum_nightly_last_success_timestamp_seconds 0\n"))
    for line in result.lines {
      let event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect(event?["level"] is String && event?["message"] is String, "\(line)")
    }
    let next = try nightly("--metrics m.prom", before: "true")
    #expect(next.code == 0)
    let later = try workplace.shell("cat m.prom").output
    #expect(later.contains("streetnum_nightly_last_success_timestamp_seconds 1"), "\(later)")
    let elsewhere = try nightly("--done elsewhere --failed elsewhere", before: "true")
    #expect(elsewhere.code == 0, "\(elsewhere.output)")
  }

  @Test("The database, the reports and the metrics may lie in the inbox: they stay, night after night, 0")
  func ownFiles() throws {
    let options = "--db inbox/n.sqlite --report inbox/r.json --report inbox/r.txt --metrics inbox/m.prom"
    for (count, before) in [(1, "mkdir inbox; cp good.tar inbox"), (0, "true")] {
      let result = try nightly(options, before: before)
      #expect(result.code == 0, "\(result.errors)")
      let counts = "\n\(count) read, 0 known, 0 unusable, 0 failed, 0 growing, 0 passed over\n"
      #expect(result.output.contains(counts), "\(result.output)")
      #expect(try workplace.shell("ls inbox").output == "done\nfailed\nm.prom\nn.sqlite\nr.json\nr.txt\n")
    }
    #expect(try workplace.shell("ls inbox/failed").output == "")
  }

  @Test(
    "An output that names what the night needs is refused, 64, before anything is touched",
    arguments: [
      "--done inbox", "--failed inbox/", "--done link", "--report n.sqlite", "--metrics n.sqlite-wal", "--report hard",
      "--report link/good.tar", "--metrics other.tar", "--report inbox/notes.txt", "--report r.json --metrics r.json",
      "--model m.bin --report m.bin",
    ])
  func outputsAreInputs(options: String) throws {
    let prepare = """
      mkdir inbox; ln -s inbox link; cp good.tar inbox; cp good.tar other.tar; seq 9 > inbox/notes.txt; seq 9 > m.bin
      streetnum ingest good.tar --db n.sqlite 2> /dev/null; ln n.sqlite hard
      """
    let sum = "find . -type f ! -name '.*' | sort | xargs sha256sum"
    let before = try workplace.shell("\(prepare); \(sum)").output
    let model = options.contains("--model")
    let result = try nightly("--db n.sqlite \(options)", before: "true")
    #expect(result.code == 64 || model && result.code == 78, "\(result.errors)")
    #expect(result.lines.count == 1 && result.output == "", "\(result.errors)")
    #expect(try workplace.shell(sum).output == before)
  }

  @Test("What a night needs may lie in an inbox that is mounted elsewhere, too", .enabled(if: getuid() == 0))
  func mountedInbox() throws {
    let result = try workplace.shell(
      """
      mkdir srv mnt; cp good.tar srv; unshare -m bash -c 'mount --bind srv mnt && for night in 1 2; do
        streetnum nightly --inbox mnt --db srv/n.sqlite --metrics srv/m.prom --quiet-time 0 || exit; done
        mkdir -p srv/x; streetnum nightly --inbox mnt --done srv --db n.sqlite; [ $? = 64 ]'
      """)
    #expect(result.code == 0, "\(result.errors)")
    #expect(try workplace.shell("ls srv").output == "done\nfailed\nm.prom\nn.sqlite\nx\n")
  }

  @Test("An archive that would be moved to a report's path gets another name, and is never replaced")
  func reportsNeverReplaceArchives() throws {
    let result = try nightly("--report done/good.tar --done done", before: "mkdir inbox done; cp good.tar inbox")
    #expect(result.code == 0, "\(result.errors)")
    #expect(try workplace.shell("cmp good.tar done/good.tar.1 && head -c 9 done/good.tar").output == "streetnum")
    let again = try nightly("--report done/good.tar.1 --done done", before: "true")
    #expect(again.code == 64 && again.lines.count == 1, "\(again.errors)")
  }

  @Test("Reports go through links and into pipes and devices, which stay what they are")
  func reportsThroughLinks() throws {
    let prepare =
      "mkdir inbox www; cp good.tar inbox; : > www/s.json; ln -s www/s.json r.json; ln -s www/new.txt r.txt"
    let result = try nightly(
      "--report r.json --report r.txt --report pipe --metrics /dev/null",
      before: "\(prepare); mkfifo pipe; cat pipe > piped & sleep 0.2")
    #expect(result.code == 0, "\(result.errors)")
    #expect(
      try workplace.shell("readlink r.json r.txt; [ -p pipe ] && [ -c /dev/null ] && ls www").output
        == "www/s.json\nwww/new.txt\nnew.txt\ns.json\n")
    #expect(try workplace.shell("cat www/new.txt").output == result.output)
    #expect(try workplace.shell("cat www/s.json").output.contains("\"exit_code\" : 0"))
    #expect(try workplace.shell("sleep 0.5; cat piped").output == result.output)
    let unread = try nightly("--report pipe", before: "true")
    #expect(unread.code == 74 && unread.errors.contains("pipe: No program reads"), "\(unread.errors)")
  }

  @Test("A backup goes through a link, and refuses what is no file")
  func backupThroughLink() throws {
    _ = try workplace.shell("streetnum ingest good.tar; mkdir d; ln -s d/copy.sqlite link; mkfifo pipe")
    for _ in 0..<2 { #expect(try workplace.shell("streetnum backup link").code == 0) }
    #expect(try workplace.shell("readlink link").output == "d/copy.sqlite\n")
    #expect(try workplace.numbers("d/copy.sqlite") == workplace.numbers())
    for target in ["pipe", "/dev/null"] {
      let result = try workplace.shell("timeout 10 streetnum backup \(target)")
      #expect(result.code == 65 && result.lines.count == 1, "\(target): \(result.errors)")
    }
    #expect(try workplace.shell("timeout 10 streetnum query --db pipe").code == 65)
    #expect(try workplace.shell("timeout 10 streetnum ingest good.tar --db /dev/null").code == 65)
  }

  @Test("A night without standard output is a night all the same, and what is opened never takes its place")
  func closedOutput() throws {
    #expect(try nightly(">&- 2>&- <&-").code == 3)
    #expect(try workplace.shell("streetnum verify").code == 0)
    let export = try workplace.shell("streetnum export >&-")
    #expect(export.code == 74 && export.errors.contains("standard output"), "\(export.errors)")
  }

  @Test("Names from outside can't forge lines of a report, nor turn its direction of writing")
  func hostileNames() throws {
    let name = "x\u{1B}[2J\n\nOK:\n  b.tar: read\u{202E}gpj"
    try workplace.write(TarFile([(name + ".jpg", [])]).bytes, "names.tar")
    let result = try nightly(before: "mkdir inbox; mv names.tar inbox/$'n\\nb.tar'")
    #expect(result.code == 3 && result.output.contains("%1B[2J%0A%0AOK"), "\(result.output)")
    let lines = result.output.split(separator: "\n").filter {
      $0.hasPrefix("OK:") || $0.contains("b.tar: read\u{202E}")
    }
    #expect(lines.isEmpty && !result.output.unicodeScalars.contains("\u{202E}"), "\(result.output)")
  }

  @Test("A picture whose stated size no number holds is rejected, and the rest of the night is read")
  func endlessPicture() throws {
    let header = PNGEncoder.header(width: Int(UInt32.max), height: Int(UInt32.max))
    let picture = PNGEncoder.signature + header + PNGEncoder.chunk("IDAT", [0x78, 0x01])
    try workplace.write(TarFile([("1.png", picture), ("2.png", Photographs.noise(1))]).bytes, "endless.tar")
    let result = try nightly()
    #expect(result.code == 3 && result.output.contains("image.damaged"), "\(result.output)\(result.errors)")
    #expect(try workplace.shell("streetnum verify").code == 0)
  }

  @Test("What a night can't begin without is one line and its code, and leaves nothing")
  func cannotBegin() throws {
    let missing = try nightly(before: "true")
    #expect((missing.code, missing.lines.count) == (66, 1), "\(missing.errors)")
    let object = try nightly("--log-format json", before: "true").errors
    let event = try JSONSerialization.jsonObject(with: Data(object.utf8)) as? [String: Any]
    #expect(event?["level"] as? String == "error", "\(object)")
    #expect((event?["message"] as? String)?.contains("inbox") == true, "\(object)")
    #expect(!workplace.exists("streetnum.sqlite"))
    let usage = try nightly("--quiet-time soon", before: "mkdir inbox")
    #expect(usage.code == 64)
    let unwritable = try nightly("--report none/r.txt", before: "mkdir -p inbox; cp good.tar inbox")
    #expect(unwritable.code == 73 && unwritable.lines.count == 1, "\(unwritable.errors)")
    #expect(try workplace.shell("ls inbox").output == "good.tar\n")
  }

  @Test("verify, export, backup and retry do what they say, and create nothing where there is nothing")
  func care() throws {
    for command in ["verify", "export", "backup copy.sqlite", "retry"] {
      let result = try workplace.shell("streetnum \(command) --db none.sqlite")
      #expect((result.code, result.lines.count) == (66, 1), "\(command): \(result.errors)")
      #expect(result.errors.hasSuffix("name another with --db (store.missing)\n"), "\(command): \(result.errors)")
    }
    #expect(!workplace.exists("none.sqlite") && !workplace.exists("copy.sqlite"))

    #expect(try workplace.shell("mkdir d; tar -xf torn.tar -C d; streetnum ingest good.tar d").code == 3)
    let sound = try workplace.shell("streetnum verify")
    #expect(
      sound.code == 0 && sound.output.contains("5 members ended: 4 done, 1 rejected, 0 ignored"), "\(sound.output)")
    let export = try workplace.shell("streetnum export --min-confidence 0").output
    #expect(try export == workplace.numbers() && !export.isEmpty)
    #expect(try workplace.shell("streetnum backup copy.sqlite && streetnum backup copy.sqlite").code == 0)
    #expect(try workplace.numbers("copy.sqlite") == export)
    for (target, code) in [("other.sqlite", Int32(73)), ("README.txt", 65)] {
      let result = try workplace.shell(
        "streetnum ingest --db other.sqlite good.tar && seq 9 > README.txt && sha256sum \(target) > before && "
          + "streetnum backup \(target); code=$?; sha256sum -c before >&2 && exit $code")
      #expect(result.code == code && result.errors.contains("name another file (store."), "\(result.errors)")
    }

    let again = try workplace.shell("streetnum retry")
    #expect(again.code == 3 && again.errors.contains("1 rejected"), "\(again.errors)")
    let other = try workplace.shell("streetnum retry --reason image.unsupported")
    #expect(other.code == 3 && other.errors.contains("no rejected member matches"), "\(other.errors)")
    let gone = try workplace.shell("mv d e; streetnum retry")
    #expect(gone.code == 3 && gone.errors.contains("no longer at"), "\(gone.errors)")
    #expect(!gone.errors.contains("nothing to do"), "\(gone.errors)")
    #expect(try workplace.shell("streetnum verify").output.contains("0 in progress"))
  }

  @Test("A damaged database is said, 65, before anything is added to it")
  func damaged() throws {
    #expect(try workplace.shell("streetnum ingest good.tar").code == 0)
    let damage = "dd if=/dev/urandom of=streetnum.sqlite bs=4096 seek=3 count=20 conv=notrunc status=none; "
    let sum = try workplace.shell(damage + "sha256sum streetnum.sqlite").output
    for command in ["verify", "ingest torn.tar"] {
      let result = try workplace.shell("streetnum \(command)")
      #expect(result.code == 65, "\(command): \(result.errors)")
    }
    let backup = try workplace.shell("streetnum backup copy.sqlite")
    #expect(backup.code == 65 && backup.errors.contains("streetnum.sqlite"), "\(backup.errors)")
    #expect(try workplace.shell("sha256sum streetnum.sqlite").output == sum)
  }

  @Test(
    "A signal ends an ingest within seconds with its code; the next run goes on",
    arguments: [(SIGTERM, 143), (SIGINT, 130)] as [(Int32, Int32)])
  func signals(signal: Int32, code: Int32) throws {
    let picture = try #require(Photographs.numbered.first)
    try workplace.write(
      TarFile((0..<400).map { ("\($0).png", Photographs.copy(picture, "\($0)")) }).bytes, "x.tar")
    for input in ["x.tar", "-"] {
      let run = workplace.process(
        input == "-"
          ? "mkfifo pipe; exec streetnum ingest - <> pipe 2> errors" : "exec streetnum ingest --jobs 1 x.tar 2> errors")
      try run.run()
      Thread.sleep(forTimeInterval: 1)
      let sent = ContinuousClock.now
      kill(run.processIdentifier, signal)
      run.waitUntilExit()
      #expect(sent.duration(to: .now) < .seconds(5))
      #expect(run.terminationReason == .exit && run.terminationStatus == code)
      guard input != "-" else { continue }
      let said = try workplace.shell("tail -n 1 errors").output
      #expect(said.contains("stopped") && said.contains("run it again"), "\(said)")
    }
    #expect(try workplace.shell("streetnum ingest x.tar").code == 0)
    #expect(try workplace.shell("streetnum verify").output.contains("400 done"))
  }

  @Test("A database on a full disk can be read, checked and copied elsewhere", .enabled(if: getuid() == 0))
  func fullDisk() throws {
    let result = try workplace.shell(
      """
      unshare -m bash -c 'mkdir t && mount -t tmpfs -o size=1500k t t && streetnum ingest good.tar --db t/n.sqlite || exit
        dd if=/dev/zero of=t/fill bs=4k 2> /dev/null; streetnum export --min-confidence 0 --db t/n.sqlite &&
        streetnum verify --db t/n.sqlite > /dev/null && streetnum backup --db t/n.sqlite copy.sqlite'
      """)
    #expect(result.code == 0, "\(result.errors)")
    #expect(try !result.output.isEmpty && result.output == workplace.numbers("copy.sqlite"))
  }

  @Test(
    "A night that fills the disk names the files that stay and why, in each of its reports",
    .enabled(if: getuid() == 0))
  func fullNight() throws {
    try workplace.write(TarFile((0..<600).map { ("\($0).png", Photographs.noise($0)) }).bytes, "big.tar")
    let result = try workplace.shell(
      """
      mkdir inbox t; mv big.tar inbox; cp torn.tar inbox/late.tar
      unshare -m bash -c 'mount -t tmpfs -o size=1200k t t && streetnum nightly --inbox inbox --db t/n.sqlite \\
        --quiet-time 0 --report r.json --report r.html'
      """)
    #expect(result.code == 74, "\(result.errors)")
    let needs = try #require(result.output.range(of: "NEEDS ATTENTION:"), "\(result.output)")
    let listed = result.output[needs.upperBound...]
    #expect(
      listed.contains("big.tar: failed, ") && listed.contains(" ignored: database t/n.sqlite: no space is left"),
      "\(result.output)")
    #expect(listed.contains("late.tar: failed: The run ended before it was read: "), "\(result.output)")
    #expect(result.output.contains("\nThe run ended early: ") && !result.output.contains("\nOK:"))
    let json = try workplace.shell("cat r.json").output
    let report = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let entries = try #require(report["entries"] as? [[String: Any]])
    #expect(entries.map { $0["outcome"] as? String } == ["failed", "failed"])
    // As many as the database has, which the page shows.
    let done = try #require(entries.first?["done"] as? Int)
    #expect(done > 0)
    let reasons = [report["reason"]] + entries.map { $0["reason"] }
    #expect(reasons.map { ($0 as? [String: String])?["id"] } == ["store.full", "store.full", "store.full"])
    let page = try workplace.shell("cat r.html").output
    #expect(page.contains("<b>\(done)</b><span>pictures read</span>"), "\(page)")
    #expect(page.contains("late.tar") && page.contains("The run ended early: "), "\(page)")
    #expect(try workplace.shell("ls inbox").output == "big.tar\ndone\nfailed\nlate.tar\n")
  }

  @Test("Where a stalled run holds an archive, the way out is to continue or to kill it")
  func stalled() throws {
    let result = try workplace.shell(
      """
      streetnum ingest --jobs 1 $FIXTURES/street.tar 2> /dev/null & run=$!
      until streetnum verify 2> /dev/null | grep -qE ' [1-9][0-9]* in progress'; do
        kill -0 $run || exit 9; sleep 0.01; done
      kill -STOP $run
      streetnum ingest $FIXTURES/street.tar --wait 1s; code=$?
      echo $run; kill -KILL $run; exit $code
      """)
    let process = result.output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(result.code == 75, "\(result.code) \(result.errors)")
    #expect(result.errors.contains("process \(process) on "), "\(result.errors)")
    #expect(result.errors.contains("continue it (`kill -CONT \(process)`) or kill it"), "\(result.errors)")
  }

  @Test("A file that was just put into the inbox is reported with when it is read, and the option that decides it")
  func justArrived() throws {
    let result = try workplace.shell(
      "mkdir inbox; cp good.tar inbox; streetnum nightly --inbox inbox --report r.json")
    let says = "good.tar: growing: It changed less than 60 s ago; the next run reads it, or set a shorter time"
    #expect(result.code == 0 && result.output.contains("\(says) with --quiet-time (inbox.growing)"), "\(result.output)")
    #expect(result.errors.contains("inbox.growing"), "\(result.errors)")
    let other = try nightly("--db other.sqlite", before: "touch inbox/good.csv")
    #expect(other.output.contains("good.tar: read"), "\(other.output)")
  }

  @Test("A limit on the size of files is an I/O error, 74, and not the end of the program")
  func sizeLimit() throws {
    let limited = try workplace.shell("ulimit -f 40; streetnum ingest good.tar")
    #expect(limited.code == 74, "\(limited.code) \(limited.errors)")
    #expect(try workplace.shell("streetnum ingest good.tar && streetnum verify").code == 0)
  }

  @Test(
    "So it is for what is written of a database, and no half of a backup is left",
    arguments: ["backup copy.sqlite", "export --min-confidence 0 >> full"])
  func sizeLimitOfCopies(command: String) throws {
    #expect(try workplace.shell("streetnum ingest good.tar").code == 0)
    // Reading makes a file of 32 KiB for as long as it takes.
    let limited = try workplace.shell("head -c 40K /dev/zero > full; ulimit -f 40; streetnum \(command)")
    #expect(limited.code == 74 && limited.lines.count == 1, "\(limited.code) \(limited.errors)")
    #expect(try workplace.shell("ls").output == "full\ngood.tar\nstreetnum.sqlite\ntorn.tar\n")
  }
}
