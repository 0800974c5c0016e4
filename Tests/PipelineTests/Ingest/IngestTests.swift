import DigitNet
import Foundation
import Pipeline
import Synchronization
import TestSupport
import Testing

@Suite("Ingest")
struct IngestTests {
  let folder: TemporaryFolder
  let store: Store
  let reader: NumberReader
  private let events = Events()

  private final class Events: Sendable {
    let list = Mutex<[IngestEvent]>([])
    var all: [IngestEvent] { list.withLock { $0 } }
  }

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.open(path: folder.database, mode: .write, busyTimeout: 0.05)
    reader = try Sevens.reader()
  }

  private func picture(_ seed: Int, width: Int = 16, height: Int = 8) -> [UInt8] {
    Sevens.picture(seed, width: width, height: height)
  }

  private func write(_ bytes: [UInt8], _ name: String = "a.tar") throws -> String {
    let path = folder.path + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func run(_ path: String, _ change: (inout IngestOptions) -> Void = { _ in }) throws -> Ingest.Result {
    var options = IngestOptions()
    options.jobs = 2
    change(&options)
    let ingest = Ingest(store: store, reader: reader, method: method, options: options) { [events] event in
      events.list.withLock { $0.append(event) }
    }
    return try ingest.run(path: path)
  }

  private func all() throws -> [FoundNumber] { try store.found { $0.minimumConfidence = 0 } }

  private func counts(_ done: Int, _ rejected: Int, _ ignored: Int) -> MemberCounts {
    var counts = MemberCounts()
    (counts.done, counts.rejected, counts.ignored) = (done, rejected, ignored)
    return counts
  }

  @Test("Every member ends in one state, is told of once, and what is read is stored")
  func states() throws {
    var tar = TarFile()
    tar.add(Array("photos/".utf8), [], .folder)
    tar.add(Array("photos/1.png".utf8), picture(1))
    tar.add(Array("photos/2.png".utf8), [], .symbolicLink, link: "1.png")
    tar.add(Array("photos/3.png".utf8), [], .hardLink, link: "photos/1.png")
    tar.add(Array("photos/4.png".utf8), Array(picture(4).dropLast(20)))
    tar.add(Array("photos/5.JPG".utf8), [])
    tar.add(Array("photos/._6.png".utf8), [0, 5, 22, 7])
    tar.add(Array("README.txt".utf8), Array("Photographs.".utf8))
    tar.add(Array("no-suffix".utf8), picture(8, width: 24, height: 16))
    let result = try run(try write(tar.bytes))
    #expect(result.counts == counts(3, 2, 4))
    #expect(result.isNew && result.ending == nil)

    let expected = try [(1, picture(1)), (3, picture(1)), (8, picture(8, width: 24, height: 16))].flatMap {
      ordinal, file in
      reader.numbers(in: try ImageDecoder.decode(file)).map { (ordinal, $0) }
    }
    #expect(!expected.isEmpty)
    #expect(try all().map(\.number) == expected.map(\.1))
    #expect(try all().map(\.ordinal) == expected.map(\.0))

    var (names, kinds): ([String], [String]) = ([], [])
    for event in events.all {
      switch event {
      case .hashing: kinds.append("hashing")
      case .started(_, let committed): kinds.append("started \(committed)")
      case .member(let name, _, _, _): names.append(name)
      case .readingAgain: kinds.append("again")
      case .positions: kinds.append("positions")
      case .progress(let share): #expect((0...1).contains(share))
      case .finished(let source, let counts, let ending, let isNew):
        #expect(source == "a.tar" && counts == result.counts && ending == nil && isNew)
        kinds.append("finished")
      }
    }
    #expect(kinds == ["hashing", "started 0", "finished"])
    #expect(names.count == 9)
    #expect(Set(names).count == 9)
  }

  @Test("What is complete is not read again")
  func again() throws {
    let path = try write(TarFile([("1.png", picture(1)), ("2.png", [])]).bytes)
    _ = try run(path)
    events.list.withLock { $0 = [] }
    let result = try run(path)
    #expect(!result.isNew)
    #expect(result.counts == counts(1, 1, 0))
    let told = events.all
    #expect(told.count == 1)
    guard case .finished(_, _, _, false)? = told.first else {
      Issue.record("\(told)")
      return
    }
  }

  @Test("An archive that breaks off keeps what came before, and says why, again and again")
  func cut() throws {
    let tar = TarFile([("1.png", picture(1)), ("2.png", picture(2))]).bytes
    let path = try write(Array(tar.prefix(1_536 + 300)))
    for isNew in [true, false] {
      let result = try run(path)
      #expect(result.isNew == isNew)
      #expect(result.counts.done == 1)
      #expect(result.ending?.id == "archive.truncated")
    }
  }

  @Test("A damaged header is one rejected member; those behind it are read")
  func damagedHeader() throws {
    let picture = picture(1)
    let second = 512 + (picture.count + 511) / 512 * 512
    var tar = TarFile([("1.png", picture), ("2.png", picture), ("3.png", picture)]).bytes
    tar[second + 5] ^= 0xFF
    let result = try run(try write(tar))
    #expect(result.counts == counts(2, 1, 0))
    #expect(try Set(all().map(\.ordinal)) == [0, 2])
  }

  @Test("Members are stored in order, whatever jobs and memory", arguments: [(1, 1 << 30), (4, 1 << 30), (4, 1)])
  func order(jobs: Int, memory: Int) throws {
    let members = (0..<300).map { ("\($0).png", picture($0, width: 16 + $0 % 7, height: 8)) }
    let result = try run(try write(TarFile(members).bytes)) { ($0.jobs, $0.memory) = (jobs, memory) }
    #expect(result.counts == counts(300, 0, 0))
    let ordinals = try all().compactMap(\.ordinal)
    #expect(ordinals == ordinals.sorted())
    #expect(Set(ordinals) == Set(0..<300))
  }

  @Test("What ends early waits for those before it in bounded numbers")
  func early() throws {
    let texts = (0..<3_000).map { ("\($0).txt", Array("A text.".utf8)) }
    let result = try run(try write(TarFile([("slow.png", picture(1, width: 1_024, height: 1_024))] + texts).bytes))
    #expect(result.counts == counts(1, 0, 3_000))
    let names = events.all.compactMap { event in if case .member(let name, _, _, _) = event { name } else { nil } }
    let place = try #require(names.firstIndex(of: "slow.png"))
    #expect((1...512).contains(place), "\(place) were told before it")
  }

  @Test("Limits end a member or an archive, by sentences that are the same for every program")
  func limits() throws {
    let large = picture(1, width: 100, height: 60)
    let path = try write(TarFile([("1.png", picture(1)), ("2.png", large), ("3.png", picture(3))]).bytes)
    let few = try run(path) { $0.sources.members = 2 }
    #expect(few.counts == counts(2, 0, 0))
    #expect(few.ending?.id == "archive.too_many_members")
    #expect(few.ending?.message == "It has more than 2 members; split it, or raise the limit")

    let other = try write(TarFile([("2.png", large), ("4.png", picture(4))]).bytes, "b.tar")
    let small = try run(other) { $0.sources.memberBytes = 4_096 }
    #expect(small.counts == counts(1, 1, 0))
    let reasons = events.all.compactMap { event -> Reason? in
      guard case .member(_, .rejected(let reason), _, _) = event else { return nil }
      return reason
    }
    #expect(reasons.map(\.id) == ["member.too_large"])
    #expect(reasons.first?.message == "It has more than 0 MiB; to read it, raise the limit")
  }

  @Test("A folder is read again where its files have changed")
  func changedFolder() throws {
    let photos = folder.path + "/photos"
    try FileManager.default.createDirectory(atPath: photos + "/b", withIntermediateDirectories: true)
    _ = try write(picture(1), "photos/b/1.png")
    #expect(try run(photos).counts == counts(1, 0, 0))
    #expect(try !run(photos).isNew)
    _ = try write(picture(2), "photos/a.png")
    let result = try run(photos)
    #expect(result.isNew)
    #expect(result.counts == counts(2, 0, 0))
    #expect(try Set(all().map(\.image)) == ["a.png", "b/1.png"])
  }

  @Test("The database in a folder is no member of it, and no change to it: a second run has nothing to do")
  func databaseInside() throws {
    _ = try write(picture(1), "1.png")
    #expect(try folder.files == ["1.png", "numbers.sqlite", "numbers.sqlite-shm", "numbers.sqlite-wal"])
    for isNew in [true, false] {
      let result = try run(folder.path)
      #expect(result.isNew == isNew && result.counts == counts(1, 0, 0))
    }
    #expect(try Set(all().map(\.image)) == ["1.png"])
  }

  @Test("A database that another run holds ends it; afterwards it goes on")
  func busy() throws {
    let path = try write(TarFile((0..<100).map { ("\($0).png", picture($0)) }).bytes)
    try folder.whileLocked {
      #expect { try run(path) } throws: { StoreError.Code.busy ~= $0 }
    }
    #expect(try run(path).counts == counts(100, 0, 0))
  }

  @Test("What can't be read at all is thrown, and leaves no numbers")
  func unusable() throws {
    let path = try write(Array("This is no archive, whatever its name says.".utf8))
    #expect { try run(path) } throws: { ($0 as? SourceError)?.code == .notAnArchive }
    #expect { try run(path + "x") } throws: { ($0 as? SourceError)?.code == .missing }
    #expect { try run(try write([], "empty.zip")) } throws: { ($0 as? SourceError)?.code == .empty }
    #expect(try all().isEmpty)
  }
}
