import DigitNet
import Foundation
import Pipeline
import Testing

@Suite("What reviewers are asked")
struct ReviewQueueTests {
  private let folder: TemporaryFolder
  private let store: Store
  private let leases = ReviewLeases()

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.open(path: folder.database, mode: .write)
  }

  /// Stores pictures, each with a number; the confidence rises by 1/10,000 each.
  private func add(_ count: Int, from confidence: Int = 5_000) throws {
    let outcomes = (0..<count).map { index in
      done(index, [number("\(index % 90 + 10)", confidence + index)], sha256: Self.picture(index))
    }
    try store.add(archive("a.tar", "1"), outcomes)
  }

  private static func picture(_ index: Int) -> String {
    let digits = String(index, radix: 16)
    return String(repeating: "0", count: 64 - digits.count) + digits
  }

  private func next(_ reviewer: String, _ count: Int, _ leases: ReviewLeases? = nil) throws -> [ReviewItem] {
    try store.nextItems(NumberFilter(), for: reviewer, count: count, leases: leases ?? self.leases)
  }

  @discardableResult private func decide(
    _ verdict: Verdict, _ item: ReviewItem, _ reviewer: String, _ mode: ReviewMode = .queue
  ) throws -> Decision {
    leases.release(item.item, of: reviewer)
    return try store.decide(
      decision(verdict, item.picture, shown: item.shown, box: item.box, by: reviewer, mode: mode))
  }

  @Test("The least sure come first, what is decided on does not come again, and undoing brings it back")
  func order() throws {
    try add(5)
    let first = try next("ada", 2)
    #expect(first.map(\.confidence) == [5_000, 5_001])
    #expect(try next("ada", 2) == first, "asking again renews a lease")
    let decision = try decide(.confirmed, first[0], "ada")
    try decide(.skipped, first[1], "ada")
    #expect(try next("ada", 2).map(\.confidence) == [5_002, 5_003])
    _ = try store.undo(decision.id, by: "ada")
    #expect(try next("ada", 2).map(\.confidence) == [5_000, 5_002])
  }

  @Test("Two reviewers do not get the same item, until a lease ends")
  func leasing() throws {
    try add(4)
    #expect(try next("ada", 2).map(\.confidence) == [5_000, 5_001])
    #expect(try next("bob", 2).map(\.confidence) == [5_002, 5_003])
    #expect(try next("eve", 2) == [])
    let short = ReviewLeases(duration: .zero)
    #expect(try next("ada", 2, short) == next("bob", 2, short))
  }

  @Test("One item in twenty comes for a second reviewer, the same on each machine, and says how well they agree")
  func overlap() throws {
    try add(400)
    let items = try (0..<4).flatMap { _ in
      let items = try next("ada", 100)
      for item in items { try decide(.confirmed, item, "ada") }
      return items
    }
    #expect(items.count == 400)
    let shared = items.filter { $0.item.isForTwo }
    #expect((8...40).contains(shared.count), "\(shared.count) of 400")
    #expect(try next("ada", 100) == [])
    #expect(try next("bob", 100) == shared)
    try decide(.notANumber, shared[0], "bob")
    try decide(.confirmed, shared[1], "bob")
    leases.releaseAll(of: "bob")
    #expect(try next("eve", 100) == Array(shared.dropFirst(2)), "two are enough")
    #expect(try store.reviewerAgreement().agreed == Share(1, of: 2))
    #expect(try store.reviewerAgreement().decided == 400)
  }

  @Test("A sample is drawn by its seed, whatever was decided before, and says how precise its population is")
  func sample() throws {
    try add(100)
    try decide(.notANumber, try #require(try next("ada", 1).first), "ada")
    let sample = try store.makeSample(NumberFilter(), size: 10, seed: "s")
    #expect(sample.population == 100 && sample.size == 10)
    #expect(try store.samples() == [sample])
    let items = try items(of: sample, "ada", 100)
    #expect(items.count == 10 && items.map(\.place) == (0..<10).map(Optional.some))
    #expect(items.map(\.confidence) != items.map(\.confidence).sorted())
    let again = try store.makeSample(NumberFilter(), size: 10, seed: "s")
    #expect(try self.items(of: again, "ada", 100) == items)
    let other = try store.makeSample(NumberFilter(), size: 10, seed: "t")
    #expect(try self.items(of: other, "ada", 100) != items)

    for item in items.prefix(6) { try decide(.confirmed, item, "ada", .sample(sample.id)) }
    try decide(.corrected("5"), items[6], "ada", .sample(sample.id))
    try decide(.skipped, items[7], "ada", .sample(sample.id))
    let outside = try decide(.notANumber, items[8], "ada")
    let estimate = try store.precisionEstimate(ofSample: sample.id)
    #expect(estimate.precision == Share(6, of: 7))
    #expect((estimate.open, estimate.skipped) == (3, 1))
    #expect(estimate.precision.interval.contains(6.0 / 7))
    #expect(try self.items(of: sample, "ada", 100).map(\.place) == [8, 9], "what was decided elsewhere is still open")
    _ = try store.undo(outside.id, by: "ada")
    #expect(refusal { try store.precisionEstimate(ofSample: "none") } == .unknownSample)
  }

  private func items(of sample: RandomSample, _ reviewer: String, _ count: Int) throws -> [ReviewItem] {
    try store.nextItems(ofSample: sample.id, for: reviewer, count: count, leases: leases)
  }
}
