import DigitNet

/// The patches of many pictures that activate each feature of a layer most, and the pixels responsible, after Zeiler
/// and Fergus (2014).
public struct StrongestPatches: Sendable {
  /// A part of a picture.
  public struct Patch: Sendable {
    /// The feature's activation.
    public let value: Float
    /// The middle of the feature's receptive field, with zeros beyond the picture's edge. It is the part that contains
    /// nearly all of the responsible pixels of the feature's patches.
    public let pixels: Tensor
    /// The pixels responsible. For a network with pooling, as in the paper: the feature projected back to the pixels,
    /// with the picture's channels. Without pooling, the projection would be the same for every patch; then one channel
    /// with each pixel's contribution: its difference from the patch's mean, times the derivative.
    public let responsible: Tensor
  }

  /// A position at which a feature is strong.
  private struct Find {
    let value: Float
    let picture: Tensor
    let row, column: Int
  }

  private let graph: FeatureGraph
  private let node: Int
  private let count: Int
  /// For each feature, by descending activation.
  private var finds: [[Find]]

  /// A search for the `count` strongest patches of each of the first `features` channels of a layer. Throws if there is
  /// no such layer.
  public init(_ graph: FeatureGraph, layer: String, features: Int, count: Int = 9) throws(TrainingError) {
    (self.graph, self.count) = (graph, count)
    let place = try graph.place(of: layer)
    // A value cut off by a rectifier's ceiling hides the activation and has no derivative, so its input is used.
    node = graph.nodes[place].isRectifier && place > 0 ? graph.nodes[place].inputs[0] - 1 : place
    finds = Array(repeating: [], count: min(features, graph.shapes[node].channels))
  }

  /// Searches one more picture; throws if the graph's layers do not fit its size.
  public mutating func take(_ picture: Tensor) throws(TrainingError) {
    let sized = try graph.resized(to: picture.shape)
    let output = sized.output(of: node, for: picture)
    let middle = sized.field(of: node, row: output.shape.rows / 2, column: output.shape.columns / 2)
    let step = sized.spacing(of: node)
    // Patches of one picture do not cover one another's middles.
    let (down, across) = (max(middle.rows.count / step / 2, 1), max(middle.columns.count / step / 2, 1))
    // Patches do not extend far beyond the picture's edge.
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

  /// The patches of each feature, by descending activation; empty for a feature that no picture activated.
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

  /// The radius in pixels around the middle that contains nine tenths of the gradients' absolute values, because most
  /// of a receptive field hardly matters.
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

  /// Computes the layer again on the feature's receptive field, aligned to the strides of the layers.
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

  /// Whether the layer follows a pooling layer, whose position of the maximum differs from patch to patch.
  private var isPooled: Bool {
    graph.nodes[...node].contains { node in
      if case .layer(let layer) = node.operation { return (layer as? PoolingLayer)?.kind == .maximum }
      return false
    }
  }
}

extension Tensor {
  /// Some rows and columns of the first image, with zeros beyond its edge.
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

  /// For each cell, the sum over its channels of the difference from the channel's mean, times the derivative.
  fileprivate func contributions(_ derivative: Tensor) -> Tensor {
    let means = columnSums(values, columns: shape.channels).map { $0 / Float(shape.cells) }
    var result = Tensor(images: 1, shape: Shape(rows: shape.rows, columns: shape.columns, channels: 1))
    for place in values.indices {
      let distance = values[place] - means[place % shape.channels]
      result.values[place / shape.channels] += distance * derivative.values[place]
    }
    return result
  }

  /// The middle cell and the cells within `reach` of it, clipped to the image.
  fileprivate func middle(reach: Int) -> Tensor {
    func range(_ length: Int) -> Range<Int> { max(0, length / 2 - reach)..<min(length, length / 2 + reach + 1) }
    return part(range(shape.rows), range(shape.columns))
  }
}
