/// Which rows a layer needs of its inputs, and what follows from it: sizes, the order of work, how many rows to keep.
enum RowSchedule {
  /// The rows of input `input` that row `y` of a layer needs, without regard to the input's height.
  static func needed(_ layer: Layer, row y: Int) -> ClosedRange<Int> {
    switch layer.operation {
    case .convolution(let convolution): windowed(convolution.window, y)
    case .maximumPooling(let window), .averagePooling(let window): windowed(window, y)
    case .enlarge(let factor): (y / factor)...(y / factor)
    case .add: y...y
    }
  }

  private static func windowed(_ window: Layer.Window, _ y: Int) -> ClosedRange<Int> {
    let first = y * window.stride - window.padding
    return first...(first + window.rows - 1)
  }

  /// The height of each value for a picture of the given one, or its width, where windows are measured by `columns`.
  static func lengths(_ layers: [Layer], _ length: Int, along size: KeyPath<Layer.Window, Int> = \.rows) -> [Int] {
    layers.reduce(into: [length]) { lengths, layer in
      let input = lengths[layer.inputs[0]]
      switch layer.operation {
      case .convolution(let convolution):
        lengths.append(convolution.window.count(length: input, size: convolution.window[keyPath: size]))
      case .maximumPooling(let window), .averagePooling(let window):
        lengths.append(window.count(length: input, size: window[keyPath: size]))
      case .enlarge(let factor): lengths.append(input * factor)
      case .add: lengths.append(input)
      }
    }
  }

  /// Pixels of the picture between neighbours in each value; nil where maps of unlike strides are added, or where a
  /// stride is no whole number of up to 64 pixels.
  static func strides(_ layers: [Layer]) -> [Int]? {
    var strides = [1]
    for layer in layers {
      var stride = strides[layer.inputs[0]]
      switch layer.operation {
      case .convolution(let convolution): stride *= convolution.window.stride
      case .maximumPooling(let window), .averagePooling(let window): stride *= window.stride
      case .enlarge(let factor):
        guard stride % factor == 0 else { return nil }
        stride /= factor
      case .add: guard strides[layer.inputs[1]] == stride else { return nil }
      }
      guard 1...64 ~= stride else { return nil }
      strides.append(stride)
    }
    return strides
  }

  /// Whether the layers' strides and sizes agree with each other.
  static func fits(_ layers: [Layer]) -> Bool {
    guard strides(layers) != nil else { return false }
    // Where maps are added, the second has to cover the first, whatever the picture's size.
    let covered = (1...256).allSatisfy { length in
      [\Layer.Window.rows, \.columns].allSatisfy { size in
        let lengths = lengths(layers, length, along: size)
        return layers.allSatisfy { layer in
          guard case .add = layer.operation else { return true }
          return lengths[layer.inputs[1]] >= lengths[layer.inputs[0]]
        }
      }
    }
    return covered && lengths(layers, trialHeight)[layers.count] > 8
  }

  /// The first row of each value that output rows from `start` on depend on.
  static func firstRows(_ layers: [Layer], from start: Int) -> [Int] {
    var first = Array(repeating: Int.max, count: layers.count + 1)
    first[layers.count] = start
    for (i, layer) in layers.enumerated().reversed() where first[i + 1] < Int.max {
      for input in layer.inputs {
        first[input] = min(first[input], max(0, needed(layer, row: first[i + 1]).lowerBound))
      }
    }
    return first
  }

  /// Computes output rows in order, each value's rows only when a later value asks for them.
  static func run(_ layers: [Layer], lengths: [Int], rows: Range<Int>, produce: (_ value: Int, _ row: Int) -> Void) {
    var next = firstRows(layers, from: rows.lowerBound)
    func demand(_ value: Int, through row: Int) {
      while next[value] <= min(row, lengths[value] - 1) {
        let y = next[value]
        if value > 0 {
          let layer = layers[value - 1]
          for input in layer.inputs { demand(input, through: needed(layer, row: y).upperBound) }
        }
        produce(value, y)
        next[value] = y + 1
      }
    }
    demand(layers.count, through: rows.upperBound - 1)
  }

  /// Rows of the picture in the trial run: many times any window.
  private static let trialHeight = 2048

  /// How many rows of each value are alive at once, found by a trial run that computes nothing.
  static func capacities(_ layers: [Layer]) -> [Int] {
    let lengths = lengths(layers, trialHeight)
    var capacities = Array(repeating: 1, count: layers.count + 1)
    for start in 0..<8 {
      var newest = Array(repeating: 0, count: layers.count + 1)
      run(layers, lengths: lengths, rows: start..<lengths[layers.count]) { value, row in
        if value > 0 {
          let layer = layers[value - 1]
          for input in layer.inputs {
            let oldest = max(0, needed(layer, row: row).lowerBound)
            capacities[input] = max(capacities[input], newest[input] - oldest + 1)
          }
        }
        newest[value] = row
      }
    }
    return capacities
  }

  /// Pixels before and after the first pixel of an output cell on which that cell depends, the most over all cells, and
  /// the shift in pixels after which everything repeats.
  static func receptiveField(_ layers: [Layer]) -> (before: Int, after: Int, period: Int) {
    let strides = strides(layers) ?? [1]
    let period = strides.max() ?? 1
    let stride = strides.last ?? 1
    var (before, after) = (0, 0)
    let far = 64 * period
    for cell in (far / stride)..<((far + period) / stride) {
      var ranges = Array(repeating: (Int.max, Int.min), count: layers.count + 1)
      ranges[layers.count] = (cell, cell)
      for (i, layer) in layers.enumerated().reversed() where ranges[i + 1].0 <= ranges[i + 1].1 {
        let low = needed(layer, row: ranges[i + 1].0).lowerBound
        let high = needed(layer, row: ranges[i + 1].1).upperBound
        for input in layer.inputs {
          ranges[input] = (min(ranges[input].0, low), max(ranges[input].1, high))
        }
      }
      before = max(before, cell * stride - ranges[0].0)
      after = max(after, ranges[0].1 - cell * stride)
    }
    return (before, after, period)
  }
}
