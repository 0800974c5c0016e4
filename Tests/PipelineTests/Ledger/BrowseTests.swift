import DigitNet
import Foundation
import Pipeline
import Testing

@Suite("Browsing")
struct BrowseTests {
  private let folder: TemporaryFolder
  private let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.open(path: folder.database, mode: .write)
    var random = SystemRandomNumberGenerator()
    for (letter, name) in [("1", "b.tar"), ("2", "a.tar"), ("3", "c.tar")] as [(Character, String)] {
      let outcomes = (0..<40).map { ordinal in
        let numbers = (0..<3).map { index in
          number(
            "\(Int.random(in: 1...300, using: &random))", Int.random(in: 50...100, using: &random) * 100,
            left: 100 * index)
        }
        return done(ordinal, numbers, name: "dir\(ordinal % 4)/é\(ordinal).png", sha256: digest(letter, ordinal))
      }
      try store.add(archive(name, letter), outcomes)
    }
  }

  private func digest(_ letter: Character, _ ordinal: Int) -> String {
    String(repeating: letter, count: 60) + String(1_000 + ordinal)
  }

  /// All pages, one behind the other.
  private func all(
    _ filter: NumberFilter, _ order: BrowseOrder, reviewed: Bool = false, limit: Int = 7, names: PictureNames? = nil
  ) throws -> [BrowsedNumber] {
    var (numbers, cursor): ([BrowsedNumber], String?) = ([], nil)
    repeat {
      let page = try store.browse(filter, order: order, reviewed: reviewed, after: cursor, limit: limit, names: names)
      #expect(page.numbers.count == limit || page.next == nil)
      numbers += page.numbers
      cursor = page.next
    } while cursor != nil
    return numbers
  }

  private static var filters: [(NumberFilter) -> NumberFilter] {
    [
      { $0 }, { $0.with { $0.prefix = "1" } }, { $0.with { $0.like = "*7*" } }, { $0.with { $0.number = "12" } },
      { $0.with { $0.image = "dir1/*" } }, { $0.with { $0.image = "*/e\u{301}?.png" } },
      { $0.with { $0.archive = "?.tar" } },
      { $0.with { $0.archive = "b*" } }, { $0.with { ($0.minimumConfidence, $0.maximumConfidence) = (7_000, 8_000) } },
      { $0.with { ($0.prefix, $0.image, $0.archive) = ("2", "*3.png", "[bc]*") } },
      { $0.with { ($0.like, $0.minimumConfidence) = ("2??", 9_000) } },
    ]
  }

  @Test(
    "Pages together are what a query gives, in each order, with each filter", arguments: filters.indices, [false, true])
  func pages(filter index: Int, withNames: Bool) throws {
    let filter = Self.filters[index](NumberFilter())
    var query = NumberQuery()
    (query.number, query.prefix, query.like) = (filter.number, filter.prefix, filter.like)
    (query.image, query.archive, query.minimumConfidence) = (filter.image, filter.archive, filter.minimumConfidence)
    var expected: [FoundNumber] = []
    try store.forEachNumber(matching: query) { expected.append($0) }
    expected.removeAll { $0.number.confidence > filter.maximumConfidence }
    let names = withNames ? PictureNames() : nil
    #expect(try all(filter, .place, names: names).map(\.found) == expected)
    let rising = try all(filter, .leastSureFirst, names: names)
    #expect(Set(rising.map(\.found)) == Set(expected) && rising.count == expected.count)
    #expect(rising.map(\.found.number.confidence) == expected.map(\.number.confidence).sorted())
    #expect(try all(filter, .surestFirst, names: names) == rising.reversed())
    let count = try store.count(filter, names: names)
    #expect(count.value == expected.count && count.isExact)
  }

  @Test("Reviews are browsed with what was read, or instead of it")
  func reviews() throws {
    var filter = NumberFilter()
    filter.archive = "a.tar"
    let numbers = try all(filter, .place)
    let (first, second) = (numbers[0], numbers[1])
    func decide(_ verdict: Verdict, _ number: BrowsedNumber) throws {
      _ = try store.decide(
        decision(
          verdict, try #require(number.imageSHA256), shown: number.found.number.text, box: number.found.number.box))
    }
    try decide(.corrected("999999"), first)
    try decide(.notANumber, second)
    _ = try store.decide(
      decision(.missed("888888"), try #require(first.imageSHA256), box: Box(left: 500, top: 300, width: 20, height: 20))
    )
    #expect(try all(filter, .place).map(\.found.number) == numbers.map(\.found.number), "as read")
    let reviewed = try all(filter, .place, reviewed: true)
    #expect(reviewed.count == numbers.count)
    #expect(Set(reviewed.compactMap(\.state)) == [.corrected, .added])
    for (state, texts) in [(ReviewFilter.corrected, ["999999"]), (.added, ["888888"]), (.unreviewed, [])] {
      filter.review = state
      let found = try all(filter, .surestFirst, reviewed: true).map(\.found.number.text)
      #expect(state == .unreviewed ? found.count == numbers.count - 2 : found == texts)
    }
    filter = NumberFilter()
    filter.prefix = "9999"
    #expect(try all(filter, .leastSureFirst, reviewed: true).map(\.found.review?.origin) == [.corrected])
    #expect(try all(filter, .leastSureFirst) == [])
    filter = NumberFilter()
    filter.review = .notANumber
    #expect(try all(filter, .place).map(\.found.number) == [second.found.number])
    #expect(try store.verify().faults == [])
  }

  @Test("A newer result set takes the place of an older one, and cursors hold")
  func newer() throws {
    let page = try store.browse(NumberFilter(), order: .leastSureFirst, limit: 5)
    try store.add(archive("a.tar", "2"), [done(0, [number("5", 9_999)], sha256: digest("2", 0))], method: later)
    let filter = NumberFilter().with { $0.archive = "a.tar" }
    #expect(try all(filter, .place).map(\.found.number.text) == ["5"])
    let next = try store.browse(NumberFilter(), order: .leastSureFirst, after: page.next, limit: 5)
    #expect(next.numbers.first?.found.number.confidence ?? 0 >= page.numbers.last?.found.number.confidence ?? 0)
    #expect(try store.browse(NumberFilter(), after: "nonsense").numbers.count == 50)
    #expect(try store.verify().faults == [])
  }

  @Test(
    "Archives that were read in another order are browsed in the same one, page by page",
    arguments: [BrowseOrder.place, .leastSureFirst, .surestFirst])
  func orderOfReading(_ order: BrowseOrder) throws {
    // Many numbers of one confidence and text, which nothing but their places tells apart.
    let sources = [("b.tar", "4"), ("a.tar", "5"), ("a.tar", "6"), ("c.tar", "7")] as [(String, Character)]
    func pages(_ sources: [(String, Character)]) throws -> [BrowsedNumber] {
      let folder = try TemporaryFolder()
      let store = try Store.open(path: folder.database, mode: .write)
      for (name, letter) in sources {
        let outcomes = (0..<4).map { ordinal in
          done(
            ordinal, (0..<3).map { number("\(1 + $0 % 2)", 9_000, left: 100 * $0) },
            sha256: digest(letter, ordinal))
        }
        try store.add(archive(name, letter), outcomes)
      }
      for picture in [digest("4", 1), digest("6", 2)] {
        _ = try store.decide(decision(.corrected("3"), picture, shown: "1", box: number("1", 9_000).box))
      }
      var (numbers, cursor): ([BrowsedNumber], String?) = ([], nil)
      for reviewed in [false, true] {
        repeat {
          let page = try store.browse(NumberFilter(), order: order, reviewed: reviewed, after: cursor, limit: 5)
          numbers += page.numbers
          cursor = page.next
        } while cursor != nil
      }
      return numbers.map { number in
        var number = number
        number.found.review?.reviewedAt = nil
        return number
      }
    }
    let numbers = try pages(sources)
    #expect(numbers.count == 2 * 48)
    #expect(try pages(sources.reversed()) == numbers)
    #expect(try pages([sources[2], sources[0], sources[3], sources[1]]) == numbers)
  }

  @Test("Counts of confidence follow what is stored")
  func counts() throws {
    let found = try store.found { $0.minimumConfidence = 0 }
    let counts = try store.confidenceCounts()
    #expect(counts.count == found.count)
    #expect(counts.kept(from: 90) == found.count { $0.number.confidence >= 9_000 })
    let sure = found.filter { $0.number.confidence >= 9_000 }.map(\.number.confidence)
    let mean = Double(sure.reduce(0, +)) / Double(sure.count * 10_000)
    #expect(abs(try #require(counts.expectedPrecision(from: 90)) - mean) < 1e-9)
    try store.forget(store.source(named: "b.tar"))
    #expect(try store.confidenceCounts().count == store.found { $0.minimumConfidence = 0 }.count)
    #expect(try store.verify().faults == [])
  }

  @Test("Sources and members are listed page by page")
  func lists() throws {
    let first = try store.browseSources(limit: 2)
    #expect(first.rows.map(\.name) == ["a.tar", "b.tar"] && first.rows.map(\.numberCount) == [120, 120])
    #expect(try store.browseSources(after: first.next, limit: 2).rows.map(\.name) == ["c.tar"])
    var (members, cursor): ([BrowsedMember], String?) = ([], nil)
    repeat {
      let page = try store.browseMembers(state: "done", image: "dir1/*", after: cursor, limit: 7)
      members += page.rows
      cursor = page.next
    } while cursor != nil
    #expect(members.count == 30 && Set(members).count == 30)
    #expect(try store.browseMembers(state: "rejected").rows == [])
  }

  @Test("A question that takes too long ends, and the next one is answered")
  func timeLimit() throws {
    #expect(
      refusal {
        _ = try store.browse(NumberFilter().with { $0.like = "*x*" }, order: .leastSureFirst, within: 0)
        for _ in 0..<1_000 { _ = try store.browse(NumberFilter(), order: .place, limit: 1_000, within: 0) }
      } == .timeLimit)
    #expect(try store.browse(NumberFilter()).numbers.count == 50)
  }
}

extension NumberFilter {
  /// A copy with a change.
  fileprivate func with(_ change: (inout NumberFilter) -> Void) -> NumberFilter {
    var copy = self
    change(&copy)
    return copy
  }
}
