/// A span of time in which sources were read, in seconds since 1970.
struct ReadingTime: Equatable {
  var start, end: Double

  var seconds: Double { end - start }

  /// The spans in order, joined where they overlap.
  static func merged(_ times: [ReadingTime]) -> [ReadingTime] {
    var merged: [ReadingTime] = []
    for time in times.sorted(by: { $0.start < $1.start }) {
      if let last = merged.last, time.start <= last.end {
        merged[merged.count - 1].end = max(last.end, time.end)
      } else {
        merged.append(time)
      }
    }
    return merged
  }

  /// The parts of the span in which one of the runs, merged and in order, was in progress. All of the span if no run was
  /// when it ended: it was read into another database, without interruption.
  func parts(during runs: [ReadingTime]) -> [ReadingTime] {
    // The first run that ends after the start.
    var (low, high) = (0, runs.count)
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].end < start { low = middle + 1 } else { high = middle }
    }
    let during = runs[low...].prefix { $0.start <= end }
    guard let last = during.last, last.end >= end else { return [self] }
    return during.map { ReadingTime(start: max($0.start, start), end: min($0.end, end)) }
  }
}
