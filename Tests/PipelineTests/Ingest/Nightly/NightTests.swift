import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("A night over an inbox")
struct NightTests {
  let folder: TemporaryFolder
  let store: Store
  let reader: NumberReader

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.open(path: folder.database, mode: .write)
    reader = try Sevens.reader()
    try FileManager.default.createDirectory(atPath: folder.path + "/inbox", withIntermediateDirectories: false)
  }

  func put(_ bytes: [UInt8], _ name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: folder.path + "/inbox/" + name))
  }

  func tar(_ seeds: Int...) -> [UInt8] {
    TarFile(seeds.map { ("\($0).png", Sevens.picture($0)) }).bytes
  }

  func night(
    into other: Store? = nil, own: [String] = [], quietTime: Double = 0, done: String? = nil,
    stop: StopSign = StopSign(), options: IngestOptions = IngestOptions(),
    watch: @escaping @Sendable (IngestEvent) -> Void = { _ in }
  ) throws -> [NightReport.Entry] {
    let ingest = Ingest(
      store: other ?? store, reader: reader, method: method, options: options, stop: stop, watch: watch)
    let inbox = folder.path + "/inbox"
    let night = try Night(
      ingest: ingest, inbox: inbox, done: done ?? inbox + "/done", failed: inbox + "/failed", own: own,
      quietTime: quietTime, tell: { _ in })
    return try night.run()
  }

  func list(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path + "/" + path).sorted()
  }

  @Test("Each file is read once and lies where it belongs, and the ledger knows where")
  func files() throws {
    try put(tar(1, 2), "a.tar")
    try put(tar(1, 2), "b.tar")
    try put(TarFile([("1.png", Sevens.picture(1)), ("2.png", [1])]).bytes, "c.tar")
    try put(Array("no archive at all, but it is some bytes".utf8), "d.zip")
    try put(Sevens.picture(4), "e.png")
    try put(tar(5), ".f.tar.part")
    try FileManager.default.createDirectory(atPath: folder.path + "/inbox/g", withIntermediateDirectories: false)
    let entries = try night()
    #expect(entries.map(\.name) == ["a.tar", "b.tar", "c.tar", "d.zip", "e.png", "g"])
    #expect(entries.map(\.outcome) == [.read, .known, .read, .unusable, .read, .passedOver])
    #expect(entries.map(\.isTrouble) == [false, false, true, true, false, true])
    #expect(entries[2].rejections.map(\.reason.id) == ["image.not_an_image"])
    #expect(try list("inbox") == [".f.tar.part", "done", "failed", "g"])
    #expect(try list("inbox/done") == ["a.tar", "b.tar", "c.tar", "e.png"])
    #expect(try list("inbox/failed") == ["d.zip"])
    let status = try FileManager.default.attributesOfItem(atPath: folder.path + "/inbox/done/a.tar")
    #expect(status[.size] as? Int == tar(1, 2).count)
    for entry in entries where [.read, .known].contains(entry.outcome) {
      let again = Ingest(
        store: store, reader: reader, method: method,
        watch: { event in
          if case .hashing = event { Issue.record("\(entry.path) is not known where it lies") }
        })
      #expect(try !again.run(path: entry.path).isNew)
    }
    let nothing = try night()
    #expect(nothing.map(\.name) == ["g"])
  }

  @Test("What was changed a moment ago stays, and so does a file of that name that lies there already")
  func growing() throws {
    try put(tar(1), "a.tar")
    let young = try night(quietTime: 60)
    #expect(young.map(\.outcome) == [.growing] && young.map(\.isTrouble) == [false])
    #expect(young.map(\.reason?.id) == ["inbox.growing"])
    #expect(try list("inbox").contains("a.tar"))
    #expect(try night().map(\.outcome) == [.read])
    try put(tar(2), "a.tar")
    #expect(try night().map(\.outcome) == [.read])
    #expect(try list("inbox/done") == ["a.tar", "a.tar.1"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/inbox/done/a.tar")) == Data(tar(1)))
  }

  @Test("The database and the reports may lie in the inbox: they stay, night after night, and are not told of")
  func ownFiles() throws {
    let inbox = folder.path + "/inbox"
    let own = try Store.open(path: inbox + "/own.sqlite", mode: .write)
    defer { try? own.close() }
    let reports = ["r.json", "r.txt"]
    for name in reports + ["other.bin"] { try put(Array("what some night had to say".utf8), name) }
    try put(tar(1), "a.tar")
    for names in [["a.tar", "other.bin"], []] {
      let entries = try night(into: own, own: (reports + ["not-yet.txt"]).map { "\(inbox)/\($0)" })
      #expect(entries.map(\.name) == names)
      #expect(
        try list("inbox") == ["done", "failed", "own.sqlite", "own.sqlite-shm", "own.sqlite-wal"] + reports)
    }
    #expect(try list("inbox/failed") == ["other.bin"])
  }

  @Test("Where files would go to the inbox itself, by name, by link or as a folder around it, nothing is begun")
  func doneIsInbox() throws {
    try put(tar(1), "a.tar")
    let inbox = folder.path + "/inbox"
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: inbox)
    for done in [inbox, inbox + "/", inbox + "/../inbox", folder.path + "/link"] {
      #expect { try night(done: done) } throws: { ($0 as? SourceError)?.code == .inboxIsDestination }
      #expect(try list("inbox") == ["a.tar"])
    }
    #expect(try night(done: folder.path).map(\.outcome) == [.read])
    #expect(try list("").contains("a.tar"))
  }

  @Test("A report that will lie in done keeps its name free; a name that is too long for a second one is shortened")
  func namesInDone() throws {
    let inbox = folder.path + "/inbox"
    try FileManager.default.createDirectory(atPath: inbox + "/done", withIntermediateDirectories: false)
    try put(tar(1), "r.txt.tar")
    #expect(try night(own: [inbox + "/done/r.txt.tar"]).map(\.outcome) == [.read])
    #expect(try list("inbox/done") == ["r.txt.tar.1"])
    let long = String(repeating: "é", count: 125) + ".tar"
    for seed in 2...3 {
      try put(tar(seed), long)
      #expect(try night().map(\.outcome) == [.read])
    }
    #expect(try list("inbox/done").count == 3)
  }

  @Test("A folder in which done lies deeper down is no arrival")
  func nestedDone() throws {
    try put(tar(1), "a.tar")
    #expect(try night(done: folder.path + "/inbox/x/y/done").map(\.name) == ["a.tar"])
    #expect(try night(done: folder.path + "/inbox/x/y/done").isEmpty)
  }

  @Test("Unfinished uploads and what lies beside photographs stay, night after night; the former are told of")
  func noArrivals() throws {
    let uploads = ["a.tar.part", "b.jpg.crdownload", "c.tar.9f3a.partial", "d.zip.filepart", "e.TMP"]
    let beside = ["SHA256SUMS", "a.xmp", "b.JSON", "c.txt"]
    for name in uploads + beside { try put(tar(1), name) }
    for _ in 0..<2 {
      let entries = try night()
      #expect(entries.filter { $0.outcome == .growing }.map(\.name) == uploads)
      #expect(entries.filter { $0.outcome == .growing }.allSatisfy { $0.reason?.id == "inbox.upload_unfinished" })
      #expect(entries.filter { $0.outcome == .ignored }.map(\.name) == beside)
      #expect(entries.allSatisfy { !$0.isTrouble } && entries.count == uploads.count + beside.count)
      #expect(try list("inbox") == (["done", "failed"] + uploads + beside).sorted())
    }
  }

  /// Overwrites a file in place with other bytes of the same count, and sets its time of change back.
  private static func overwrite(_ path: String, _ bytes: [UInt8]) throws {
    var status = stat()
    #expect(stat(path, &status) == 0 && Int(status.st_size) == bytes.count)
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.write(contentsOf: Data(bytes))
    try file.close()
    #expect(utimensat(AT_FDCWD, path, [status.st_atim, status.st_mtim], 0) == 0)
  }

  @Test("An archive that has the name, the size and the time of another one that was read is read")
  func sameNameSizeAndTime() throws {
    let path = folder.path + "/inbox/a.tar"
    try put(tar(1), "a.tar")
    _ = try Ingest(store: store, reader: reader, method: method).run(path: path)
    try Self.overwrite(path, tar(2))
    #expect(try night().map(\.outcome) == [.read])
  }

  @Test("A file that is overwritten while it is read stays, whatever its time says")
  func overwritten() throws {
    let (path, other) = (folder.path + "/inbox/a.tar", tar(2))
    try put(tar(1), "a.tar")
    let entries = try night { event in
      guard case .started = event else { return }
      do { try Self.overwrite(path, other) } catch { Issue.record(error) }
    }
    #expect(entries.map(\.outcome) == [.failed] && entries.map(\.reason?.id) == ["source.changed"])
    #expect(try night().map(\.outcome) == [.read])
  }

  @Test("A folder is told of, whatever its name", arguments: ["photographs.txt", "move.download"])
  func namedFolder(name: String) throws {
    try FileManager.default.createDirectory(atPath: folder.path + "/inbox/" + name, withIntermediateDirectories: false)
    #expect(try night().map(\.reason?.id) == ["inbox.folder"])
  }

  @Test("What nothing is read of is told of, again when it comes again, and lies in done; allowed, it is no trouble")
  func noPictures() throws {
    for _ in 0..<2 {
      try put(TarFile([("a.txt", [1]), ("b.txt", [2])]).bytes, "a.tar")
      let entries = try night()
      #expect(entries.map(\.reason?.id) == ["source.no_pictures"] && entries.map(\.isTrouble) == [true])
    }
    #expect(try list("inbox/done") == ["a.tar", "a.tar.1"])
    try put(TarFile([("a.txt", [1]), ("b.txt", [2])]).bytes, "a.tar")
    var options = IngestOptions()
    options.allowEmpty = true
    #expect(try night(options: options).map(\.isTrouble) == [false])
  }

  @Test("A folder for what was read that is a link lies in the inbox as any other")
  func linkedDestination() throws {
    try FileManager.default.createDirectory(atPath: folder.path + "/elsewhere", withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/inbox/done", withDestinationPath: folder.path + "/elsewhere")
    try put(tar(1), "a.tar")
    #expect(try night().map(\.name) == ["a.tar"])
    #expect(try night().isEmpty)
    #expect(try list("elsewhere") == ["a.tar"])
  }

  @Test("A file that another run has moved, and somebody has changed since, keeps its last name")
  func movedMeanwhile() throws {
    try put(tar(1), "a.tar")
    let (inbox, path) = (folder.path + "/inbox/a.tar", folder.path + "/inbox/done/a.tar")
    let entries = try night { event in
      guard case .finished = event, link(inbox, path) == 0, unlink(inbox) == 0 else { return }
      let file = fopen(path, "a")
      if let file {
        fputs("more", file)
        fclose(file)
      }
    }
    #expect(entries.map(\.outcome) == [.read])
    #expect(try list("inbox/done") == ["a.tar"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(tar(1) + Array("more".utf8)))
  }

  @Test(
    "A file goes to another file system whole, and keeps its rights and its time of change",
    .enabled(if: otherFileSystem != nil))
  func elsewhere() throws {
    let other = try #require(otherFileSystem) + "/streetnum-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: other) }
    try put(tar(1), "a.tar")
    let date = timespec(tv_sec: -12_346, tv_nsec: 500_000_000)
    #expect(utimensat(AT_FDCWD, folder.path + "/inbox/a.tar", [date, date], 0) == 0)
    #expect(chmod(folder.path + "/inbox/a.tar", 0o640) == 0)
    let entries = try night(done: other)
    #expect(entries.map(\.outcome) == [.read])
    let status = try FileManager.default.attributesOfItem(atPath: other + "/a.tar")
    #expect(status[.posixPermissions] as? Int == 0o640)
    #expect(status[.modificationDate] as? Date == Date(timeIntervalSince1970: -12_345.5))
    #expect(entries.first?.path.hasSuffix("/a.tar") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: other) == ["a.tar"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: other + "/a.tar")) == Data(tar(1)))
    let again = Ingest(
      store: store, reader: reader, method: method,
      watch: { event in
        if case .hashing = event { Issue.record("the copy is not known") }
      })
    #expect(try !again.run(path: other + "/a.tar").isNew)
    #expect(try list("inbox") == ["failed"])
  }

  /// A folder on another file system than temporary files', where there is one.
  static let otherFileSystem: String? = {
    func device(_ path: String) -> Int? {
      (try? FileManager.default.attributesOfItem(atPath: path))?[.systemNumber] as? Int
    }
    let here = device(FileManager.default.temporaryDirectory.path)
    return ["/dev/shm", "/var/tmp", "/run"].first {
      device($0) != nil && device($0) != here && FileManager.default.isWritableFile(atPath: $0)
    }
  }()

  private var otherFileSystem: String? { NightTests.otherFileSystem }

  @Test("Where a file can't be moved it stays, is read all the same, and the others are moved")
  func cannotMove() throws {
    try put(tar(1), "a.tar")
    try put(Array("no archive".utf8), "b.tar")
    let done = folder.path + "/inbox/done"
    try FileManager.default.createDirectory(atPath: done, withIntermediateDirectories: false)
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
    try FileManager.default.createDirectory(atPath: folder.path + "/inbox/failed", withIntermediateDirectories: false)
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path + "/inbox")
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path + "/inbox/failed")
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: done)
    let entries = try withoutPrivileges { try night() }
    #expect(entries.map(\.outcome) == [.failed, .unusable])
    #expect(entries.first?.reason?.id == "inbox.cannot_move")
    #expect(try list("inbox").contains("a.tar"))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: done)
    #expect(try night().map(\.outcome) == [.known])
    #expect(try list("inbox/done") == ["a.tar"])
  }

  @Test("A picture that took too long is read by the next night, from where its archive lies then")
  func passing() throws {
    try put(tar(1), "a.tar")
    var late = IngestOptions()
    late.memberTimeout = 0
    #expect(try night(options: late).map(\.rejected) == [1])
    #expect(try list("inbox/done") == ["a.tar"])
    let next = try night()
    #expect(next.map(\.name) == ["a.tar"] && next.map(\.done) == [1] && next.map(\.rejected) == [0])
    #expect(try night().isEmpty)
  }

  @Test("A name that isn't UTF-8 is told of, and the file stays")
  func strangeName() throws {
    let name = Array((folder.path + "/inbox/stra").utf8) + [0xDF] + Array("e.tar".utf8)
    let path = name.map(CChar.init(bitPattern:)) + [0]
    let file = try #require(fopen(path, "w"))
    fclose(file)
    let entries = try night()
    #expect(entries.map(\.reason?.id) == ["inbox.name_not_utf8"] && entries.map(\.isTrouble) == [true])
    #expect(unlink(path) == 0)
  }

  @Test("An archive that waits for a file of positions is reported with that file")
  func growingBeside() throws {
    try put(tar(1), "a.tar")
    Thread.sleep(forTimeInterval: 1.5)
    try put(Array("image,latitude,longitude\n1.png,1,2\n".utf8), "a.csv")
    let entries = try night(quietTime: 1)
    #expect(entries.map(\.outcome) == [.growing])
    #expect(entries.first?.reason?.message.hasPrefix("a.csv beside it changed less than 1 s ago") == true)
  }

  @Test("Pictures that are known from another archive have no new numbers")
  func knownPictures() throws {
    try put(tar(1), "a.tar")
    try put(TarFile([("x.png", Sevens.picture(1)), ("y.txt", [1])]).bytes, "b.tar")
    let entries = try night()
    #expect(entries.map(\.outcome) == [.read, .read] && entries.map(\.done) == [1, 1])
    #expect(try #require(entries.first).numbers > 0 && entries.last?.numbers == 0)
  }

  @Test("A night that is told to stop stops, and leaves the file where it is")
  func stopped() throws {
    try put(tar(1), "a.tar")
    let stop = StopSign()
    stop.raise()
    #expect(throws: Stopped.self) { try night(stop: stop) }
    #expect(try list("inbox").contains("a.tar"))
    #expect(try night().map(\.outcome) == [.read])
  }

  @Test("A report says first what somebody should look at; the JSON holds the same")
  func report() throws {
    try put(tar(1), "a.tar")
    try put(TarFile([("1.png", Sevens.picture(1)), ("2.png", [1])]).bytes, "c.tar")
    let report = NightReport(
      model: digest("a"), database: "x.sqlite", inbox: "inbox", startedAt: Date(), entries: try night(), exitCode: 3)
    let (look, rest) = (
      try #require(report.text.range(of: "NEEDS ATTENTION:")), try #require(report.text.range(of: "\nOK:"))
    )
    let torn = try #require(report.text.range(of: "c.tar: read, 1 done, 1 rejected"))
    let sound = try #require(report.text.range(of: "a.tar: read, 1 done, 0 rejected"))
    #expect(look.lowerBound < torn.lowerBound && torn.upperBound < rest.lowerBound)
    #expect(rest.upperBound < sound.lowerBound)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
    #expect(object["exit_code"] as? Int == 3)
    let entries = try #require(object["entries"] as? [[String: Any]])
    #expect(entries.map { $0["outcome"] as? String } == ["read", "read"])
  }
}
