import DigitNet

/// The parts of many pictures that excite each feature of a layer most, and the pixels responsible, after Zeiler and Fergus (2014).
public struct StrongestPatches: Sendable {
  /// A part of a picture.
  public struct Patch: Sendable {
    /// What the feature says to it.
    public let value: Float
    /// The middle of what the feature sees, beyond a picture's rim zeros: of the layer's receptive field the part that nearly all of
    /// the responsible pixels of its patches lie in.
    public let pixels: Tensor
    /// The pixels responsible. Of a network with pooling, as in the paper: the feature taken back to the pixels, in as many channels.
    /// Of one without it that would be the same for each patch; then, in one channel, what each pixel adds to the feature: its
    /// distance from the patch's mean, times the derivative.
    public let responsible: Tensor
  }

  /// A place at which a feature was strong.
  private struct Find {
    let value: Float
    let picture: Tensor
    let row, column: Int
  }

  private let graph: FeatureGraph
  private let node: Int
  private let count: Int
  /// Of each feature, strongest first.
  private var finds: [[Find]]

  /// A search for the `count` strongest patches of some features of a layer; throws where there is no such layer. A feature's number is
  /// its channel.
  public init(_ graph: FeatureGraph, layer: String, features: Int, count: Int = 9) throws(TrainingError) {
    (self.graph, self.count) = (graph, count)
    let place = try graph.place(of: layer)
    // A value that its ceiling cut off doesn't say how strong it was, and has no derivative.
    node = graph.nodes[place].isRectifier && place > 0 ? graph.nodes[place].inputs[0] - 1 : place
    finds = Array(repeating: [], count: min(features, graph.shapes[node].channels))
  }

  /// Looks at one more picture; throws where the graph's layers do not fit its size.
  public mutating func take(_ picture: Tensor) throws(TrainingError) {
    let sized = try graph.resized(to: picture.shape)
    let output = sized.output(of: node, for: picture)
    let middle = sized.field(of: node, row: output.shape.rows / 2, column: output.shape.columns / 2)
    let step = sized.spacing(of: node)
    // Patches of one picture do not cover each other's middles.
    let (down, across) = (max(middle.rows.count / step / 2, 1), max(middle.columns.count / step / 2, 1))
    // Nor do they reach far beyond its rim.
    let rows = StrongestPatches.inner(output.shape.rows, margin: down / 2)
    let columns = StrongestPatches.inner(output.shape.columns, margin: across / 2)
    for feature in finds.indices {
      var free = Array(repeating: false, count: output.shape.cells)
      for row in rows { for column in columns { free[row * output.shape.columns + column] = true } }
      for _ in 0..<count {
        var (best, top) = (-1, Float(0))
        for cell in free.indices where free[cell] {
          let value = output.values[cell * output.shape.channels + feature]
          if value > top { (best, top) = (cell, value) }
        }
        guard best >= 0, finds[feature].count < count || top > finds[feature][count - 1].value else { break }
        let (row, column) = best.quotientAndRemainder(dividingBy: output.shape.columns)
        let place = finds[feature].firstIndex { $0.value < top } ?? finds[feature].count
        finds[feature].insert(Find(value: top, picture: picture, row: row, column: column), at: place)
        if finds[feature].count > count { finds[feature].removeLast() }
        for y in max(0, row - down)..<min(output.shape.rows, row + down + 1) {
          for x in max(0, column - across)..<min(output.shape.columns, column + across + 1) {
            free[y * output.shape.columns + x] = false
          }
        }
      }
    }
  }

  private static func inner(_ length: Int, margin: Int) -> Range<Int> {
    let left = min(margin, (length - 1) / 2)
    return left..<length - left
  }

  /// The patches of each feature, strongest first; none of one that no picture excited.
  public func patches(threads: Int) -> [[Patch]] {
    let order = finds.indices.flatMap { feature in finds[feature].indices.map { (feature, $0) } }
    let made = parallel(order.count, threads: threads) { place in
      try? patch(of: order[place].0, finds[order[place].0][order[place].1])
    }
    var result: [[Patch]] = Array(repeating: [], count: finds.count)
    let reach = StrongestPatches.reach(of: made.compactMap { $0?.responsible })
    for ((feature, _), patch) in zip(order, made) {
      guard let patch else { continue }
      result[feature].append(
        Patch(
          value: patch.value, pixels: patch.pixels.middle(reach: reach),
          responsible: patch.responsible.middle(reach: reach)))
    }
    return result
  }

  /// Pixels around the middle within which nine tenths of the gradients' sizes lie: most of a receptive field hardly matters.
  private static func reach(of gradients: [Tensor]) -> Int {
    let most = gradients.map { max($0.shape.rows, $0.shape.columns) / 2 }.max() ?? 0
    var sums = [Float](repeating: 0, count: most + 1)
    for gradient in gradients {
      let (middleRow, middleColumn) = (gradient.shape.rows / 2, gradient.shape.columns / 2)
      for place in gradient.values.indices {
        let (row, column) = (place / gradient.shape.channels).quotientAndRemainder(dividingBy: gradient.shape.columns)
        sums[max(abs(row - middleRow), abs(column - middleColumn))] += abs(gradient.values[place])
      }
    }
    var (inside, reach) = (sums[0], 0)
    while reach < most, inside < 0.9 * sums.reduce(0, +) {
      reach += 1
      inside += sums[reach]
    }
    return reach
  }

  /// Computes the layer again on the part of the picture that the feature sees: from a place on that each layer's cells begin at.
  private func patch(of feature: Int, _ find: Find) throws(TrainingError) -> Patch {
    let whole = try graph.resized(to: find.picture.shape)
    let field = whole.field(of: node, row: find.row, column: find.column)
    let period = whole.nodes.indices.prefix(node + 1).map(whole.spacing(of:)).max() ?? 1
    func aligned(_ range: Range<Int>, _ length: Int) -> Range<Int> {
      graph.isOfOneSize
        ? 0..<length
        : range.lowerBound / period * period..<min(length, (range.upperBound + period - 1) / period * period)
    }
    let rows = aligned(field.rows, find.picture.shape.rows)
    let columns = aligned(field.columns, find.picture.shape.columns)
    let part = find.picture.part(rows, columns)
    let small = try graph.resized(to: part.shape)
    let values = small.values(for: part, upTo: node)
    var gradient = Tensor(images: 1, shape: values[node].shape)
    let step = whole.spacing(of: node)
    let (row, column) = (find.row - rows.lowerBound / step, find.column - columns.lowerBound / step)
    gradient.values[gradient.index(image: 0, row: row, column: column) + feature] = 1
    let rule: FeatureGraph.Rule = isPooled ? .deconvolution : .derivative
    let back = small.gradient(of: node, gradient, at: values, part, rule: rule)
    let seen = whole.unboundedField(of: node, row: find.row, column: find.column)
    let seenRows = seen.rows.lowerBound - rows.lowerBound..<seen.rows.upperBound - rows.lowerBound
    let seenColumns = seen.columns.lowerBound - columns.lowerBound..<seen.columns.upperBound - columns.lowerBound
    let (pixels, responsible) = (part.part(seenRows, seenColumns), back.part(seenRows, seenColumns))
    return Patch(
      value: find.value, pixels: pixels, responsible: isPooled ? responsible : pixels.contributions(responsible))
  }

  /// Whether the layer sees what others pooled: which of a window's values was the largest differs from patch to patch.
  private var isPooled: Bool {
    graph.nodes[...node].contains { node in
      if case .layer(let layer) = node.operation { return (layer as? PoolingLayer)?.kind == .maximum }
      return false
    }
  }
}

extension Tensor {
  /// Some rows and columns of the first image; zeros beyond its rim.
  func part(_ rows: Range<Int>, _ columns: Range<Int>) -> Tensor {
    var part = Tensor(
      images: 1, shape: Shape(rows: rows.count, columns: columns.count, channels: shape.channels))
    for row in rows.clamped(to: 0..<shape.rows) {
      for column in columns.clamped(to: 0..<shape.columns) {
        let from = index(image: 0, row: row, column: column)
        let to = part.index(image: 0, row: row - rows.lowerBound, column: column - columns.lowerBound)
        for channel in 0..<shape.channels { part.values[to + channel] = values[from + channel] }
      }
    }
    return part
  }

  /// For each cell, the sum over its channels of their distance from the channel's mean, times the derivative.
  fileprivate func contributions(_ derivative: Tensor) -> Tensor {
    let means = columnSums(values, columns: shape.channels).map { $0 / Float(shape.cells) }
    var result = Tensor(images: 1, shape: Shape(rows: shape.rows, columns: shape.columns, channels: 1))
    for place in values.indices {
      let distance = values[place] - means[place % shape.channels]
      result.values[place / shape.channels] += distance * derivative.values[place]
    }
    return result
  }

  /// The middle cell and so many around it, as far as the image has them.
  fileprivate func middle(reach: Int) -> Tensor {
    func range(_ length: Int) -> Range<Int> { max(0, length / 2 - reach)..<min(length, length / 2 + reach + 1) }
    return part(range(shape.rows), range(shape.columns))
  }
}
