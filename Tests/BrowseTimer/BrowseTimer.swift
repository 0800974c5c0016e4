import ArgumentParser
import Foundation
import Pipeline

/// `BrowseTimer DATABASE`: what the page's questions cost, in processor time of their thread; scripts/bench/big_database.py makes a
/// database to ask.
@main
struct BrowseTimer: ParsableCommand {
  @Argument(help: "The database.")
  var database: String

  @Option(help: "How often each question is asked, each time for other numbers.")
  var rounds = 50

  func run() throws {
    let store = try Store.open(path: database, mode: .read)
    let names = PictureNames()
    print("milliseconds of processor time: median, 99th percentile, maximum; rows of the last answer")
    try time("names of pictures read", rounds: 1) { _ in
      try store.count(filter { $0.image = "*nothing*" }, names: names).text
    }
    for question in Question.all {
      try time(question.name, rounds: rounds) { round in
        let filter = question.filter(round)
        let page = try store.browse(filter, order: question.order, reviewed: question.reviewed, names: names)
        guard let next = page.next else { return "\(page.numbers.count)" }
        let second = try store.browse(
          filter, order: question.order, reviewed: question.reviewed, after: next, names: names)
        return "\(page.numbers.count) and \(second.numbers.count)"
      }
      try time("  count", rounds: rounds) { round in
        try store.count(question.filter(round), reviewed: question.reviewed, names: names).text
      }
    }
    try time("histogram", rounds: rounds) { _ in "\(try store.confidenceCounts().count)" }
    let leases = ReviewLeases()
    try time("next ten of the queue", rounds: rounds) { round in
      "\(try store.nextItems(NumberFilter(), for: "reviewer \(round % 3)", leases: leases).count)"
    }
    try time("sources", rounds: rounds) { _ in "\(try store.browseSources().rows.count)" }
    try time("rejected members", rounds: rounds) { _ in "\(try store.browseMembers(state: "rejected").rows.count)" }
    try time("runs", rounds: rounds) { _ in "\(try store.pastRuns().count)" }
    let pictures = try store.browse(NumberFilter(), limit: 200).numbers.compactMap(\.imageSHA256)
    try time("picture", rounds: rounds) { round in
      "\(try store.pictureReview(pictures[round % pictures.count])?.spots.count ?? 0)"
    }
    try store.close()
  }

  private func time(_ name: String, rounds: Int, _ body: (Int) throws -> String) throws {
    var times: [Double] = []
    var answer = ""
    for round in 0..<rounds {
      let begin = Self.processorTime
      do { answer = try body(round) } catch StoreError.Code.timeLimit { answer = "too long" }
      times.append((Self.processorTime - begin) * 1_000)
    }
    times.sort()
    let figures = [times[times.count / 2], times[times.count * 99 / 100], times[times.count - 1]]
      .map { String(format: "%8.2f", $0) }.joined(separator: " ")
    print(name.padding(toLength: 44, withPad: " ", startingAt: 0), figures, "  \(answer)")
  }

  /// Seconds.
  private static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private func filter(_ change: (inout NumberFilter) -> Void) -> NumberFilter {
    var filter = NumberFilter()
    change(&filter)
    return filter
  }
}
