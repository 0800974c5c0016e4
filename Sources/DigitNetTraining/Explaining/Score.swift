/// A number computed from a network's output, and its derivative by the output.
public enum Score: Sendable, Hashable {
  /// The maximum of a channel over all cells.
  case largest(channel: Int)
  /// The mean of a channel over the middle cells: one along a side of odd length, two along a side of even length.
  case middle(channel: Int)
  /// The logarithm of the probability that columns of logits in 1/`unit` spell these digits.
  case text([Int], unit: Float)

  /// The score of each image of a batch, and its derivative by each value of the output.
  public func evaluate(_ output: Tensor) -> (values: [Float], gradient: Tensor) {
    var gradient = Tensor(images: output.images, shape: output.shape)
    let values = (0..<output.images).map { image in
      switch self {
      case .largest(let channel):
        let cells = (0..<output.shape.cells).map { (image * output.shape.cells + $0) * output.shape.channels + channel }
        let best = cells.reduce(cells[0]) { output.values[$1] > output.values[$0] ? $1 : $0 }
        gradient.values[best] = 1
        return output.values[best]
      case .middle(let channel):
        let cells = Score.middle(of: output.shape.rows).flatMap { row in
          Score.middle(of: output.shape.columns).map { output.index(image: image, row: row, column: $0) + channel }
        }
        for cell in cells { gradient.values[cell] = 1 / Float(cells.count) }
        return cells.reduce(0) { $0 + output.values[$1] } / Float(cells.count)
      case .text(let digits, let unit):
        let classes = output.shape.channels
        let columns = (0..<output.shape.cells).map { column in
          (0..<classes).map { Double(output.values[(image * output.shape.cells + column) * classes + $0] / unit) }
        }
        let spelling = Spelling(digits, in: columns)
        for (column, derivatives) in spelling.derivatives.enumerated() {
          for (place, derivative) in derivatives.enumerated() {
            gradient.values[(image * output.shape.cells + column) * classes + place] = Float(derivative) / unit
          }
        }
        return Float(spelling.logarithm)
      }
    }
    return (values, gradient)
  }

  private static func middle(of length: Int) -> Range<Int> { (length - 1) / 2..<length / 2 + 1 }
}
