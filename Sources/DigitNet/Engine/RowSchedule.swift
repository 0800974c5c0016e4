/// The order of computation: which input rows each layer needs, and from that the sizes, the order of rows and how many
/// to keep.
enum RowSchedule {
  /// The height of each value for a picture of height `length`; or the width, if `size` is `\.columns`.
  static func lengths(_ steps: [Step], _ length: Int, along size: KeyPath<Layer.Window, Int> = \.rows) -> [Int] {
    steps.reduce(into: [length]) { $0.append($1.length(of: $0[$1.input], along: size)) }
  }

  /// Whether the layers' strides and sizes are consistent.
  static func fits(_ steps: [Step]) -> Bool {
    guard Step.strides(steps) != nil else { return false }
    // For an addition, the second input must be at least as large as the first, for every picture size.
    let covered = (1...trialHeight).allSatisfy { length in
      [\Layer.Window.rows, \.columns].allSatisfy { size in
        let lengths = lengths(steps, length, along: size)
        return steps.allSatisfy { step in step.other.map { lengths[$0] >= lengths[step.input] } ?? true }
      }
    }
    return covered && lengths(steps, trialHeight)[steps.count] > 8
  }

  /// The rows of each value that some output rows depend on.
  private static func rowsNeeded(_ steps: [Step], lengths: [Int], for rows: Range<Int>) -> [Range<Int>] {
    var needed: [Range<Int>?] = Array(repeating: nil, count: steps.count + 1)
    needed[steps.count] = rows.isEmpty ? nil : rows
    for (i, step) in steps.enumerated().reversed() {
      guard let rows = needed[i + 1] else { continue }
      let first = step.rowsNeeded(at: rows.lowerBound).lowerBound
      let last = step.rowsNeeded(at: rows.upperBound - 1).upperBound
      for input in step.inputs {
        let (low, high) = (max(first, 0), min(last + 1, lengths[input]))
        guard low < high else { continue }
        needed[input] = min(low, needed[input]?.lowerBound ?? low)..<max(high, needed[input]?.upperBound ?? high)
      }
    }
    return needed.map { $0 ?? 0..<0 }
  }

  /// Computes output rows in order. A value's rows are computed only when a later value needs them, in groups of as
  /// many rows as the step computes at once.
  static func run(
    _ steps: [Step], lengths: [Int], rows: Range<Int>, produce: (_ value: Int, _ rows: Range<Int>) -> Void
  ) {
    let needed = rowsNeeded(steps, lengths: lengths, for: rows)
    var next = needed.map(\.lowerBound)
    func demand(_ value: Int, through row: Int) {
      while next[value] <= row && next[value] < needed[value].upperBound {
        let first = next[value]
        var end = first + 1
        if value > 0 {
          let step = steps[value - 1]
          end = min(first - first % step.rowsAtOnce + step.rowsAtOnce, needed[value].upperBound)
          let last = step.rowsNeeded(at: end - 1).upperBound
          demand(step.input, through: last)
          if let other = step.other { demand(other, through: last) }
        }
        produce(value, first..<end)
        next[value] = end
      }
    }
    demand(steps.count, through: rows.upperBound - 1)
  }

  /// The maximum receptive field, in pixels along one side.
  static let maximumReceptiveField = 1024

  /// Rows of the picture in trial runs: the maximum receptive field and some periods more.
  private static let trialHeight = 2 * maximumReceptiveField

  /// The number of rows of each value that are alive at once, found by a trial run without arithmetic.
  static func capacities(_ steps: [Step]) -> [Int] {
    let (lengths, strides) = (lengths(steps, trialHeight), Step.strides(steps) ?? [])
    var capacities = Array(repeating: 1, count: steps.count + 1)
    // The alignment of rows that are computed together depends on the first row: try as many first rows as it takes
    // to repeat.
    let together = zip(steps, strides.dropFirst()).map { $0.rowsAtOnce * $1 }.max() ?? 1
    for start in 0..<min(max(8, together / (strides.last ?? 1)), lengths[steps.count]) {
      var newest = Array(repeating: 0, count: steps.count + 1)
      run(steps, lengths: lengths, rows: start..<lengths[steps.count]) { value, rows in
        if value > 0 {
          let step = steps[value - 1]
          for input in step.inputs {
            let oldest = max(0, step.rowsNeeded(at: rows.lowerBound).lowerBound)
            capacities[input] = max(capacities[input], newest[input] - oldest + 1)
          }
        }
        newest[value] = rows.upperBound - 1
        capacities[value] = max(capacities[value], rows.count)
      }
    }
    return capacities
  }

  /// For each value, how far around an output's first pixel its cells are needed, in pixels, as the maximum over all
  /// outputs; and the shift in pixels after which the pattern repeats.
  static func reaches(_ steps: [Step]) -> (reaches: [Reach], period: Int) {
    let strides = Step.strides(steps) ?? Array(repeating: 1, count: steps.count + 1)
    let period = strides.max() ?? 1
    let stride = strides[steps.count]
    var reaches = Array(repeating: Reach(), count: steps.count + 1)
    let far = 64 * period
    for cell in (far / stride)..<((far + period) / stride) {
      for side in [\Layer.Window.rows, \.columns] {
        var ranges = Array(repeating: (low: Int.max, high: Int.min), count: steps.count + 1)
        ranges[steps.count] = (cell, cell)
        for (i, step) in steps.enumerated().reversed() where ranges[i + 1].low <= ranges[i + 1].high {
          let low = step.needed(at: ranges[i + 1].low, along: side).lowerBound
          let high = step.needed(at: ranges[i + 1].high, along: side).upperBound
          for input in step.inputs {
            ranges[input] = (min(ranges[input].low, low), max(ranges[input].high, high))
          }
        }
        for (value, range) in ranges.enumerated() where range.low <= range.high {
          reaches[value].before = max(reaches[value].before, cell * stride - range.low * strides[value])
          reaches[value].after = max(reaches[value].after, range.high * strides[value] - cell * stride)
        }
      }
    }
    return (reaches, period)
  }

  /// An extent in pixels before and after a pixel.
  struct Reach: Hashable {
    var before = 0
    var after = 0
  }
}
