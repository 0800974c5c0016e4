import DigitNet
import Foundation
import GRDB
import Pipeline
import Testing

@Suite("Decisions of reviewers")
struct DecisionTests {
  private let folder: TemporaryFolder
  private let store: Store
  private let picture = digest("5")
  private let seven = number("7", 9_000, left: 10, top: 20)
  private let twelve = number("12", 6_000, left: 100, top: 20)

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.open(path: folder.database, mode: .write)
    try store.add(archive("a.tar", "1"), [done(0, [seven, twelve], sha256: picture)])
  }

  @Test("Verdicts leave numbers as they are, change them, take them away and add them")
  func verdicts() throws {
    #expect(try store.reviewed() == ["7 read", "12 read"])
    _ = try store.decide(decision(.confirmed, picture, seven))
    _ = try store.decide(decision(.corrected("13"), picture, twelve))
    let drawn = Box(left: 300, top: 200, width: 30, height: 20)
    _ = try store.decide(decision(.missed("5"), picture, box: drawn))
    #expect(try store.reviewed() == ["7 confirmed", "13 corrected", "5 added"])
    let found = try store.found { $0.reviewed = true }
    #expect(found.map(\.number.box) == [seven.box, twelve.box, drawn])
    #expect(found.map(\.number.confidence) == [10_000, 10_000, 10_000])
    #expect(found.map(\.number.digits.count) == [1, 0, 0])
    #expect(found.map(\.review?.readNumber) == ["7", "12", nil])
    _ = try store.decide(decision(.notANumber, picture, seven))
    #expect(try store.reviewed() == ["13 corrected", "5 added"])
    #expect(try store.texts { $0.number = "7" } == ["7"], "what was read stays")
    #expect(try store.reviewed { $0.number = "13" } == ["13 corrected"])
    #expect(try store.reviewed { $0.number = "12" } == [])
    #expect(try store.verify().faults == [])
  }

  @Test("Counters count on; the largest decides, then the reviewer, and reviewers who differ are told")
  func counters() throws {
    let first = try store.decide(decision(.corrected("8"), picture, seven, by: "ada"))
    let second = try store.decide(decision(.confirmed, picture, seven, by: "bob"))
    #expect((first.counter, second.counter) == (1, 2))
    #expect([first.model, first.method] == [method.modelID, method.digest])
    let found = try store.found { $0.reviewed = true }.first
    #expect(found?.review?.origin == .confirmed && found?.review?.differs == true && found?.review?.reviewer == "bob")
    _ = try store.decide(decision(.confirmed, picture, seven, by: "ada"))
    #expect(try store.found { $0.reviewed = true }.first?.review?.differs == false)
    #expect(try store.decisions(ofPicture: picture).map(\.counter) == [1, 2, 3], "nothing is overwritten")
  }

  @Test("Undoing appends, brings back what was before, and can be undone")
  func undo() throws {
    let first = try store.decide(decision(.corrected("8"), picture, seven))
    let second = try store.decide(decision(.notANumber, picture, seven))
    #expect(try store.lastDecision(of: "ada") == second)
    let undo = try store.undo(second.id, by: "ada")
    #expect(try store.reviewed() == ["8 corrected", "12 read"])
    #expect(try store.lastDecision(of: "ada") == first)
    #expect(refusal { try store.undo(second.id, by: "ada") } == .unknownDecision)
    _ = try store.undo(undo.id, by: "ada")
    #expect(try store.reviewed() == ["12 read"])
    #expect(try store.decisions(ofPicture: picture).count == 4)
    #expect(refusal { try store.undo("none", by: "ada") } == .unknownDecision)
    #expect(try store.verify().faults == [])
  }

  @Test("A request that comes again writes nothing again")
  func again() throws {
    let request = decision(.corrected("8"), picture, seven, id: "x-1")
    let first = try store.decide(request)
    #expect(try store.decide(request) == first)
    let undo = try store.undo("x-1", by: "ada", id: "x-2")
    #expect(try store.undo("x-1", by: "ada", id: "x-2") == undo)
    #expect(refusal { try store.undo("x-2", by: "ada", id: "x-1") } == .malformedDecision)
    #expect(refusal { try store.undo("x-1", by: "ben", id: "x-2") } == .malformedDecision)
    #expect(try store.decisions(ofPicture: picture).count == 2)
    #expect(
      refusal {
        try store.decide(decision(.confirmed, picture, seven, id: "x-1"))
      } == .malformedDecision)
  }

  @Test("A decision on what is no longer read there is refused, and nothing is written")
  func stale() throws {
    try store.add(
      archive("a.tar", "1"), [done(0, [number("8", 9_000, left: 10, top: 20)], sha256: picture)], method: later)
    let error = #expect(throws: StoreError.self) { try store.decide(decision(.confirmed, picture, seven)) }
    #expect(error?.code == .staleReading && error?.message.contains("8 is read there now") == true)
    #expect(refusal { try store.decide(decision(.confirmed, picture, twelve)) } == .staleReading)
    #expect(try store.decisions(ofPicture: picture) == [])
    _ = try store.decide(decision(.confirmed, picture, seven, shown: "8"))
  }

  @Test("What can't be a decision is refused")
  func malformed() throws {
    let requests = [
      decision(.corrected("1a"), picture, seven), decision(.corrected("1234567"), picture, seven),
      decision(.corrected(""), picture, seven), decision(.confirmed, picture, seven, by: ""),
      decision(.confirmed, picture, seven, by: "a\nb"), decision(.confirmed, picture, seven, id: "a b"),
      decision(.missed("7"), picture, box: Box(left: 630, top: 0, width: 20, height: 20)),
      decision(.complete, picture, seven), decision(.missed("7"), picture),
    ]
    for request in requests {
      #expect(refusal { try store.decide(request) } == .malformedDecision, "\(request)")
    }
    #expect(refusal { try store.decide(decision(.confirmed, digest("9"), seven)) } == .unknownPicture)
    #expect(
      refusal {
        try store.decide(decision(.confirmed, picture, seven, mode: .sample("none")))
      } == .unknownSample)
    #expect(try store.decisions(ofPicture: picture) == [])
  }

  @Test("A decision holds in any result set for the number that overlaps it by half, and stays where none does")
  func elsewhere() throws {
    _ = try store.decide(decision(.corrected("71"), picture, seven))
    _ = try store.decide(decision(.confirmed, picture, twelve))
    // The later model's box is four pixels lower, an IoU of 2/3, and it does not find 12.
    let lower = number("1", 8_000, left: 10, top: 24)
    try store.add(archive("a.tar", "1"), [done(0, [lower], sha256: picture)], method: later)
    #expect(try store.reviewed() == ["71 corrected", "12 added"])
    #expect(try store.reviewed { $0.model = method.modelID } == ["71 corrected", "12 confirmed"])
    // The same picture in another archive, where the box has moved by 15 of 20 pixels.
    try store.add(
      archive("b.tar", "2"), [done(0, [number("7", 9_000, left: 10, top: 35)], sha256: picture)], method: later)
    #expect(try store.reviewed { $0.archive = "b.tar" } == ["71 added", "12 added", "7 read"])
    #expect(try store.verify().faults == [])
  }

  @Test("A picture is complete when each number of the usual confidence is decided on, and says what it shows then")
  func complete() throws {
    _ = try store.decide(decision(.confirmed, picture, seven))
    let error = #expect(throws: StoreError.self) { try store.decide(decision(.complete, picture)) }
    #expect(error?.code == .undecidedNumbers && error?.message.contains("12") == true)
    _ = try store.decide(decision(.skipped, picture, twelve))
    #expect(refusal { try store.decide(decision(.complete, picture)) } == .undecidedNumbers)
    #expect(try store.labels() == [])
    _ = try store.decide(decision(.notANumber, picture, twelve))
    let complete = try store.decide(decision(.complete, picture))
    let label = try #require(try store.labels().first)
    #expect(label.numbers.map(\.text) == ["7"] && label.numbers.map(\.box) == [seven.box])
    #expect(label.image == "0.png" && label.sha256 == picture && label.size == ImageSize(width: 640, height: 480))
    // A later model's mistake changes nothing in what the picture shows.
    try store.add(archive("a.tar", "1"), [done(0, [number("99", 9_000, left: 400)], sha256: picture)], method: later)
    #expect(try store.labels() == [label])
    _ = try store.undo(complete.id, by: "ada")
    #expect(try store.labels() == [])
  }

  @Test("Output without reviews is the same with and without decisions")
  func withoutReviews() throws {
    let before = try store.found { $0.minimumConfidence = 0 }
    _ = try store.decide(decision(.corrected("8"), picture, seven))
    _ = try store.decide(decision(.notANumber, picture, twelve))
    #expect(try store.found { $0.minimumConfidence = 0 } == before)
  }

  @Test("A writer elsewhere is waited for, and then the decision fails without a trace")
  func busy() throws {
    let desk = try ReviewDesk(path: folder.database, busyTimeout: 0.05)
    try folder.whileLocked {
      #expect(refusal { try desk.decide(decision(.confirmed, picture, seven)) } == .busy)
      let reader = try Store.open(path: folder.database, mode: .read)
      #expect(try reader.browse(NumberFilter()).numbers.count == 2, "readers are not blocked")
    }
    _ = try desk.decide(decision(.confirmed, picture, seven))
  }
}

extension Store {
  /// What complete pictures show.
  fileprivate func labels() throws -> [LabelledPicture] {
    var labels: [LabelledPicture] = []
    _ = try forEachLabelledPicture { labels.append($0) }
    return labels
  }
}
