import DigitNet

extension FeatureGraph {
  /// A part of a picture.
  public struct Field: Sendable, Hashable {
    /// Rows and columns of the picture.
    public var rows, columns: Range<Int>
  }

  /// The receptive field: the part of the picture that a cell of a node's output can depend on.
  public func field(of node: Int, row: Int, column: Int) -> Field {
    Field(rows: range(node, row, \.rows, \.rows), columns: range(node, column, \.columns, \.columns))
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
        let part = nodes[place].inputs(for: wanted, of: length, window).clamped(to: 0..<length)
        let before = needed[input] ?? part
        needed[input] = min(before.lowerBound, part.lowerBound)..<max(before.upperBound, part.upperBound)
      }
    }
    return needed[0] ?? 0..<self.input[keyPath: side]
  }
}

extension FeatureGraph.Node {
  /// The cells along a side of the input, `length` of them, that some cells of the output depend on.
  fileprivate func inputs(
    for cells: Range<Int>, of length: Int, _ size: KeyPath<Layer.Window, Int>
  ) -> Range<Int> {
    guard case .layer(let layer) = operation else { return cells }
    let window: Layer.Window
    switch layer {
    case let layer as ConvolutionLayer: window = layer.window
    case let layer as PoolingLayer: window = layer.window
    case let layer as EnlargementLayer:
      return cells.lowerBound / layer.factor..<(cells.upperBound - 1) / layer.factor + 1
    case is DenseLayer: return 0..<length
    default: return cells
    }
    let first = cells.lowerBound * window.stride - window.padding
    return first..<(cells.upperBound - 1) * window.stride - window.padding + window[keyPath: size]
  }
}
