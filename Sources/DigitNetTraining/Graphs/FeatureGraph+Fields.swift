import DigitNet

extension FeatureGraph {
  /// A rectangle of a picture.
  public struct Field: Sendable, Hashable {
    /// Rows and columns of the picture.
    public var rows, columns: Range<Int>
  }

  /// The receptive field of a cell of a node's output, clipped to the picture.
  public func field(of node: Int, row: Int, column: Int) -> Field {
    let field = unboundedField(of: node, row: row, column: column)
    return Field(
      rows: field.rows.clamped(to: 0..<input.rows), columns: field.columns.clamped(to: 0..<input.columns))
  }

  /// The receptive field, not clipped to the picture.
  func unboundedField(of node: Int, row: Int, column: Int) -> Field {
    Field(rows: range(node, row, \.rows, \.rows), columns: range(node, column, \.columns, \.columns))
  }

  /// The stride of a node's output, in pixels of the picture.
  func spacing(of node: Int) -> Int {
    let before = nodes[node].inputs[0] == 0 ? 1 : spacing(of: nodes[node].inputs[0] - 1)
    guard case .layer(let layer) = nodes[node].operation else { return before }
    switch layer {
    case let layer as ConvolutionLayer: return before * layer.stride
    case let layer as PoolingLayer: return before * layer.stride
    case let layer as EnlargementLayer: return max(before / layer.factor, 1)
    default: return before
    }
  }

  private func range(
    _ node: Int, _ cell: Int, _ side: KeyPath<Shape, Int>, _ window: KeyPath<Layer.Window, Int>
  ) -> Range<Int> {
    var needed = [Range<Int>?](repeating: nil, count: node + 2)
    needed[node + 1] = cell..<cell + 1
    for place in (0...node).reversed() {
      guard let wanted = needed[place + 1] else { continue }
      for input in nodes[place].inputs {
        let length = (input == 0 ? self.input : shapes[input - 1])[keyPath: side]
        let part = nodes[place].inputs(for: wanted, of: length, window)
        let before = needed[input] ?? part
        needed[input] = min(before.lowerBound, part.lowerBound)..<max(before.upperBound, part.upperBound)
      }
    }
    return needed[0] ?? 0..<self.input[keyPath: side]
  }
}

extension FeatureGraph.Node {
  /// The cells along a side of the input, of `length` cells, that some cells of the output depend on.
  fileprivate func inputs(
    for cells: Range<Int>, of length: Int, _ size: KeyPath<Layer.Window, Int>
  ) -> Range<Int> {
    guard case .layer(let layer) = operation else { return cells }
    let window: Layer.Window
    switch layer {
    case let layer as ConvolutionLayer: window = layer.window
    case let layer as PoolingLayer: window = layer.window
    case let layer as EnlargementLayer:
      let first = cells.lowerBound - layer.placeInCopies(of: cells.lowerBound)
      let last = cells.upperBound - 1 - layer.placeInCopies(of: cells.upperBound - 1)
      return first / layer.factor..<last / layer.factor + 1
    case is DenseLayer: return 0..<length
    default: return cells
    }
    let first = cells.lowerBound * window.stride - window.padding
    return first..<(cells.upperBound - 1) * window.stride - window.padding + window[keyPath: size]
  }
}

extension EnlargementLayer {
  /// The index of an output among the copies of its input cell, from 0; also for outputs before the first.
  fileprivate func placeInCopies(of output: Int) -> Int { (output % factor + factor) % factor }
}
