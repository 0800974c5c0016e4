import DigitNet

extension FeatureGraph {
  /// A score of a picture, and the influence of each pixel on it.
  public struct Influence: Sendable {
    /// The score.
    public let score: Float
    /// The influence of each pixel, in one channel.
    public let map: Tensor
  }

  /// The gradient of a score by the picture: for each pixel, the largest absolute derivative of its channels.
  public func sensitivity(of score: Score, at node: Int, in picture: Tensor) -> Influence {
    let values = values(for: picture, upTo: node)
    let (scores, gradient) = score.evaluate(values[node])
    let derivative = self.gradient(of: node, gradient, at: values, picture)
    let channels = picture.shape.channels
    let sizes = stride(from: 0, to: derivative.values.count, by: channels).map { first in
      derivative.values[first..<first + channels].reduce(0) { max($0, abs($1)) }
    }
    return Influence(score: scores[0], map: map(sizes))
  }

  /// Occlusion: how much a score falls if a square of the picture's mean colour covers a pixel, as the mean over all
  /// squares that cover it. Squares lie `step` pixels apart; each costs a forward pass.
  public func occlusion(
    of score: Score, at node: Int, in picture: Tensor, side: Int, step: Int, threads: Int
  ) -> Influence {
    let (shape, channels) = (picture.shape, picture.shape.channels)
    let mean = (0..<channels).map { channel in
      stride(from: channel, to: picture.values.count, by: channels).reduce(0) { $0 + picture.values[$1] }
        / Float(shape.cells)
    }
    func spans(_ length: Int) -> [Range<Int>] {
      stride(from: step - side, to: length, by: step).map { ($0..<$0 + side).clamped(to: 0..<length) }
    }
    let squares = spans(shape.rows).flatMap { rows in spans(shape.columns).map { Field(rows: rows, columns: $0) } }
    let whole = score.evaluate(output(of: node, for: picture)).values[0]
    let falls = parallel(squares.count, threads: threads) { place in
      var hidden = picture
      for row in squares[place].rows {
        for column in squares[place].columns {
          let first = hidden.index(image: 0, row: row, column: column)
          for channel in 0..<channels { hidden.values[first + channel] = mean[channel] }
        }
      }
      return whole - score.evaluate(output(of: node, for: hidden)).values[0]
    }
    var (sums, counts) = ([Float](repeating: 0, count: shape.cells), [Float](repeating: 0, count: shape.cells))
    for (square, fall) in zip(squares, falls) {
      for row in square.rows {
        for column in square.columns {
          sums[row * shape.columns + column] += fall
          counts[row * shape.columns + column] += 1
        }
      }
    }
    return Influence(score: whole, map: map(zip(sums, counts).map { $0 / max($1, 1) }))
  }

  private func map(_ values: [Float]) -> Tensor {
    Tensor(images: 1, shape: Shape(rows: input.rows, columns: input.columns, channels: 1), values: values)
  }
}
