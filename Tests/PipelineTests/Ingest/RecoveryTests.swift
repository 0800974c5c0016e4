import DigitNet
import Foundation
import GRDB
import Pipeline
import Synchronization
import TestSupport
import Testing

@Suite("What an ingest makes of runs that did not end, and of members that can't")
struct RecoveryTests {
  let folder: TemporaryFolder
  let store: Store
  let reader: NumberReader

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.open(path: folder.database, mode: .write, busyTimeout: 0.05)
    reader = try Sevens.reader()
  }

  func write(_ bytes: [UInt8], _ name: String = "a.tar") throws -> String {
    let path = folder.path + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  func ingest(
    stop: StopSign = StopSign(), watch: @escaping @Sendable (IngestEvent) -> Void = { _ in },
    isolation: Isolation? = nil, change: (inout IngestOptions) -> Void = { _ in }
  ) -> Ingest {
    var options = IngestOptions()
    options.jobs = 2
    change(&options)
    return Ingest(
      store: store, reader: reader, method: method, options: options, stop: stop, watch: watch, isolation: isolation)
  }

  func isolation(
    survives: Bool = true, _ picture: @escaping @Sendable ([UInt8]) throws -> IsolatedEnd = { _ in .timedOut }
  ) -> Isolation {
    Isolation(picture: picture, source: { _, _ in survives })
  }

  /// A tar of three pictures, of which an earlier run had read two when it ended without a word, as others did before.
  func endedIn(_ deaths: Int) throws -> String {
    let path = try write(TarFile((0..<3).map { ("\($0).png", Sevens.picture($0)) }).bytes)
    _ = try ingest().run(path: path)
    try folder.damage(
      """
      DELETE FROM numbers WHERE ordinal = 2;
      DELETE FROM members WHERE ordinal = 2;
      DELETE FROM positions WHERE name = '2.png';
      UPDATE result_sets SET state = 'running', completed_at = NULL, member_count = NULL, deaths = \(deaths)
      """)
    return path
  }

  @Test("A source in which two runs ended, and that ends a process of its own too, is set aside until it is retried")
  func deadlySource() throws {
    let path = try endedIn(2)
    let result = try ingest(isolation: isolation(survives: false)).run(path: path)
    #expect(result.ending?.id == "source.crashed" && result.counts.done == 2)
    #expect(try store.verify().faults == [])
    let again = try ingest(isolation: isolation(survives: false)).run(path: path)
    #expect(!again.isNew && again.ending?.id == "source.crashed")
    #expect(try store.rejectedSources(method: method, reasons: ["image.*"]).isEmpty)
    let crashed = try #require(try store.rejectedSources(method: method, reasons: ["source.*"]).first)
    let retried = try ingest(isolation: isolation()).retry(crashed, path: path, reasons: ["source.*"])
    #expect(retried.isNew && retried.isWhole && retried.counts.done == 3)
    #expect(try store.rejectedSources(method: method).isEmpty)
  }

  @Test("A folder and a single file that end every run are set aside as an archive is", arguments: ["folder", "1.png"])
  func deadlyFiles(name: String) throws {
    if name == "folder" {
      try FileManager.default.createDirectory(atPath: folder.path + "/folder", withIntermediateDirectories: true)
    }
    let file = try write(Sevens.picture(1), name == "folder" ? "folder/1.png" : name)
    let path = name == "folder" ? folder.path + "/folder" : file
    _ = try ingest().run(path: path)
    try folder.damage(
      """
      DELETE FROM numbers; DELETE FROM members; DELETE FROM positions;
      UPDATE result_sets SET state = 'running', completed_at = NULL, member_count = NULL, deaths = 2
      """)
    for _ in 0..<2 {
      #expect {
        try ingest(isolation: isolation(survives: false)).run(path: path)
      } throws: { ($0 as? SourceError)?.code == .crashed }
    }
    #expect(try store.verify().faults == [])
  }

  @Test("A photograph that was rejected for a passing reason does not take up a source that was set aside")
  func passingInSetAside() throws {
    let path = try endedIn(2)
    _ = try ingest(isolation: isolation(survives: false)).run(path: path)
    try folder.damage(
      """
      DELETE FROM numbers WHERE ordinal = 0;
      UPDATE members SET state = 'rejected', reason = 'member.timed_out', message = 'x', width = NULL, height = NULL
      WHERE ordinal = 0
      """)
    let again = try ingest(isolation: isolation()).run(path: path)
    #expect(!again.isNew && again.ending?.id == "source.crashed" && again.counts.rejected == 1)
  }

  @Test("What was set aside hides nothing that an earlier reading found")
  func setAsideHidesNothing() throws {
    let path = try write(TarFile((0..<3).map { ("\($0).png", Sevens.picture($0)) }).bytes)
    _ = try ingest().run(path: path)
    let before = try store.found { $0.minimumConfidence = 0 }
    var later = method
    later.modelID = digest("b")
    let stop = StopSign()
    stop.raise()
    let second = Ingest(store: store, reader: reader, method: later, stop: stop, isolation: isolation(survives: false))
    #expect(throws: Stopped.self) { try second.run(path: path) }
    try folder.damage("UPDATE result_sets SET deaths = 2 WHERE model_id = '\(later.modelID)'")
    #expect {
      try Ingest(store: store, reader: reader, method: later, isolation: isolation(survives: false)).run(path: path)
    } throws: { ($0 as? SourceError)?.code == .crashed }
    #expect(try store.found { $0.minimumConfidence = 0 } == before && !before.isEmpty)
  }

  @Test("A source in which runs ended for another reason is read on", arguments: [(1, false), (2, true), (9, true)])
  func innocentSource(deaths: Int, survives: Bool) throws {
    let result = try ingest(isolation: isolation(survives: survives)).run(path: try endedIn(deaths))
    #expect(result.isWhole && result.counts.done == 3)
  }

  /// What the members of the only set ended as.
  func states() throws -> [String] {
    let queue = try DatabaseQueue(path: folder.database)
    defer { try? queue.close() }
    return try queue.read { db in
      try String.fetchAll(db, sql: "SELECT state || coalesce(' ' || reason, '') FROM members ORDER BY ordinal")
    }
  }

  /// A tar of three pictures, the second of which was begun so many times by runs that did not end.
  private func begunBefore(_ times: Int) throws -> String {
    let path = try write(TarFile((0..<3).map { ("\($0).png", Sevens.picture($0)) }).bytes)
    let stop = StopSign()
    stop.raise()
    #expect(throws: Stopped.self) { try ingest(stop: stop).run(path: path) }
    try folder.damage(
      """
      INSERT INTO members (result_set_id, ordinal, name, byte_count, state, attempts)
      SELECT id, 1, '1.png', 1, 'pending', \(times) FROM result_sets
      """)
    return path
  }

  @Test("A member that a run did not survive is read in a process of its own; one that ends that as well is rejected")
  func crashed() throws {
    let path = try begunBefore(1)
    let isolated = Mutex<[[UInt8]]>([])
    let result = try ingest(
      isolation: isolation { picture in
        isolated.withLock { $0.append(picture) }
        return .crashed("signal 11")
      }
    ).run(path: path)
    #expect(isolated.withLock { $0 } == [Sevens.picture(1)])
    #expect((result.counts.done, result.counts.rejected) == (2, 1))
    #expect(try states() == ["done", "rejected member.crashed", "done"])
    let again = try ingest(isolation: isolation { _ in .crashed("") }).run(path: path)
    #expect(!again.isNew)
  }

  @Test("What the process of its own tells is how the member ends", arguments: [1, 7])
  func survived(times: Int) throws {
    let path = try begunBefore(times)
    let numbers = [number("12", 9_000)]
    let result = try ingest(
      isolation: isolation { _ in .told(.done(width: 16, height: 8, numbers: numbers)) }
    ).run(path: path)
    #expect(result.isWhole)
    #expect(try store.found().filter { $0.ordinal == 1 }.map(\.number) == numbers)
  }

  @Test(
    "Without such a process it is tried once more, then rejected",
    arguments: [(1, "done"), (2, "rejected member.crashed")])
  func alone(times: Int, end: String) throws {
    _ = try ingest().run(path: try begunBefore(times))
    #expect(try states()[1] == end)
  }

  /// How many members the next run would suspect if this one died now.
  private static func suspects(_ database: String) throws -> Int {
    let queue = try DatabaseQueue(path: database)
    defer { try? queue.close() }
    return try queue.read { db in
      try Int.fetchOne(db, sql: "SELECT count(*) FROM members WHERE state = 'pending' AND attempts > 0") ?? 0
    }
  }

  @Test("Each member is written down before it is read, and never more than two for each lane", arguments: [1, 3])
  func suspectsWhileRunning(jobs: Int) throws {
    let path = try write(TarFile((0..<100).map { ("\($0).png", Sevens.picture($0, width: 16 + $0)) }).bytes)
    let seen = Mutex<[Int]>([])
    let database = folder.database
    let watch: @Sendable (IngestEvent) -> Void = { event in
      guard case .member = event, let count = try? Self.suspects(database) else { return }
      seen.withLock { $0.append(count) }
    }
    #expect(try ingest(watch: watch, change: { $0.jobs = jobs }).run(path: path).counts.done == 100)
    let counts = seen.withLock { $0 }
    #expect(counts.count == 100 && counts.max().map { (1...2 * jobs).contains($0) } == true, "\(counts)")
    #expect(try Self.suspects(folder.database) == 0)
  }

  @Test("A run that is told to stop leaves no suspects")
  func suspectsAfterStop() throws {
    let path = try write(TarFile((0..<100).map { ("\($0).png", Sevens.picture($0, width: 16 + $0)) }).bytes)
    let stop = StopSign()
    #expect(throws: Stopped.self) {
      try ingest(stop: stop, watch: { if case .member = $0 { stop.raise() } }).run(path: path)
    }
    #expect(try Self.suspects(folder.database) == 0)
    #expect(try ingest(isolation: isolation()).run(path: path).isWhole)
  }

  @Test("A member that takes too long is rejected, and read again by the next run")
  func timedOut() throws {
    let path = try write(TarFile([("1.png", Sevens.picture(1)), ("2.txt", [1])]).bytes)
    let late = try ingest(change: { $0.memberTimeout = 0 }).run(path: path)
    #expect(late.counts.rejected == 1)
    #expect(try states() == ["rejected member.timed_out", "ignored member.not_a_picture"])
    let next = try ingest().run(path: path)
    #expect(next.isNew && next.isWhole)
    #expect(try states() == ["done", "ignored member.not_a_picture"])
    #expect(try !ingest().run(path: path).isNew)
  }

  @Test("A picture for which there was too little memory is read by the next run, in a process of its own")
  func shortOfMemory() throws {
    let path = try write(TarFile([("1.png", Sevens.picture(1))]).bytes)
    _ = try ingest().run(path: path)
    try folder.damage(
      """
      DELETE FROM numbers;
      UPDATE members SET state = 'rejected', reason = 'image.out_of_memory', message = 'x', width = NULL, height = NULL
      """)
    let numbers = [number("12", 9_000)]
    let isolated = isolation { _ in .told(.done(width: 16, height: 8, numbers: numbers)) }
    #expect(try ingest(isolation: isolated).run(path: path).isWhole)
    #expect(try store.found().map(\.number) == numbers)
  }

  @Test("A hard link ends as the member that it names, over batches and restarts; one to nothing is rejected")
  func hardLinks() throws {
    var tar = TarFile()
    tar.add(Array("1.png".utf8), Sevens.picture(1))
    tar.add(Array("torn.png".utf8), Array(Sevens.picture(2).dropLast(20)))
    tar.add(Array("near.png".utf8), [], .hardLink, link: "1.png")
    for index in 0..<100 { tar.add(Array("\(index).txt".utf8), [1]) }
    tar.add(Array("far.png".utf8), [], .hardLink, link: "1.png")
    tar.add(Array("torn2.png".utf8), [], .hardLink, link: "torn.png")
    tar.add(Array("farther.png".utf8), [], .hardLink, link: "far.png")
    tar.add(Array("none.png".utf8), [], .hardLink, link: "nowhere.png")
    let result = try ingest().run(path: try write(tar.bytes))
    #expect((result.counts.done, result.counts.rejected, result.counts.ignored) == (4, 3, 100))
    let found = try store.found { $0.minimumConfidence = 0 }
    let first = found.filter { $0.image == "1.png" }.map(\.number)
    #expect(!first.isEmpty)
    for name in ["near.png", "far.png", "farther.png"] {
      #expect(found.filter { $0.image == name }.map(\.number) == first, "\(name)")
    }
    #expect(try states().suffix(3) == ["rejected image.truncated", "done", "rejected member.link_to_nothing"])
  }

  @Test("Names that are equal as text but not in bytes are two members', and so are those in links")
  func canonicallyEqualNames() throws {
    let (composed, decomposed) = ("caf\u{E9}.png", "cafe\u{301}.png")
    var tar = TarFile()
    tar.add(Array(composed.utf8), Sevens.picture(1))
    tar.add(Array(decomposed.utf8), Sevens.picture(2, width: 24, height: 16))
    tar.add(Array("3.png".utf8), [], .hardLink, link: composed)
    tar.add(Array("4.png".utf8), [], .hardLink, link: decomposed)
    #expect(try ingest().run(path: try write(tar.bytes)).counts.done == 4)
    let found = try store.found { $0.minimumConfidence = 0 }
    let numbers = (0..<4).map { ordinal in found.filter { $0.ordinal == ordinal }.map(\.number) }
    #expect(!numbers[0].isEmpty && numbers[0] != numbers[1])
    #expect(numbers[2] == numbers[0])
    #expect(numbers[3] == numbers[1])
  }

  @Test("A file that changes while it is read leaves nothing, and is read whole the next time")
  func changed() throws {
    let path = try write(TarFile([("1.png", Sevens.picture(1))]).bytes)
    let watch: @Sendable (IngestEvent) -> Void = { event in
      guard case .started = event, let file = FileHandle(forWritingAtPath: path) else { return }
      _ = try? file.seekToEnd()
      try? file.write(contentsOf: Data([0]))
      try? file.close()
    }
    #expect { try ingest(watch: watch).run(path: path) } throws: { ($0 as? SourceError)?.code == .changed }
    #expect(try store.found { $0.minimumConfidence = 0 }.isEmpty)
    #expect(try ingest().run(path: path).counts.done == 1)
  }

  @Test("A run that is told to stop keeps what it has, and the next one goes on there")
  func stopped() throws {
    let path = try write(TarFile((0..<200).map { ("\($0).png", Sevens.picture($0, width: 16 + $0)) }).bytes)
    let stop = StopSign()
    let seen = Atomic(0)
    #expect(throws: Stopped.self) {
      try ingest(
        stop: stop,
        watch: { event in
          if case .member = event, seen.add(1, ordering: .relaxed).newValue == 20 { stop.raise() }
        }
      ).run(path: path)
    }
    let committed = try states().filter { $0 == "done" }.count
    #expect((20..<200).contains(committed))
    let resumed = Mutex(-1)
    let result = try ingest(watch: { event in
      if case .started(_, let count) = event { resumed.withLock { $0 = count } }
    }).run(path: path)
    #expect(resumed.withLock { $0 } == committed)
    #expect(result.counts.done == 200)
  }

  @Test("What the system refuses for the moment is no result")
  func unreadable() throws {
    let path = try write(TarFile([("1.png", Sevens.picture(1))]).bytes)
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
    _ = try withoutPrivileges {
      #expect { try ingest().run(path: path) } throws: { ($0 as? SourceError)?.code == .permission }
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    #expect(try ingest().run(path: path).counts.done == 1)
  }

  @Test("An archive that nothing can be read of is in the ledger, with its reason, and is not looked at again")
  func unusable() throws {
    let path = try write(Array("This is no archive, whatever its name says.".utf8))
    for _ in 0..<2 {
      #expect { try ingest().run(path: path) } throws: { ($0 as? SourceError)?.code == .notAnArchive }
    }
    #expect(try store.summary().completeSources == 1)
    #expect(try store.verify().faults == [])
  }

  @Test("A file that changes before it is known to hold nothing is not remembered as that")
  func changedUnusable() throws {
    let path = try write(Array("no archive".utf8))
    let watch: @Sendable (IngestEvent) -> Void = { event in
      guard case .started = event else { return }
      try? Data("something else".utf8).write(to: URL(fileURLWithPath: path))
    }
    #expect { try ingest(watch: watch).run(path: path) } throws: { ($0 as? SourceError)?.code == .changed }
    let summary = try store.summary()
    #expect(summary.completeSources == 0 && summary.unfinishedSources == 0)
  }
}
