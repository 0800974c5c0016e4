/// A picture that maximises a score of a network: gradient ascent on the pixels, from noise.
///
/// Gradient ascent alone finds patterns that mean nothing to a person. Four regularisations favour shapes: the picture
/// is shifted by a few pixels before each step (jitter); coarse changes come before fine ones (octaves); every step has
/// the same length; and total variation pulls neighbouring pixels together.
public struct Dream: Sendable {
  /// The parameters of the ascent.
  public struct Options: Sendable, Hashable {
    /// The maximum value of a pixel; the minimum is 0.
    public var top: Float = 1
    /// For each octave, the radius in pixels over which changes are averaged.
    public var octaves = [4, 2, 1, 0]
    /// Steps per octave.
    public var steps = 80
    /// The mean change of a pixel per step, as a share of ``top``.
    public var rate: Float = 0.01
    /// The maximum shift of the picture before a step, in pixels.
    public var jitter = 4
    /// The weight of the total variation against the score.
    public var smoothness: Float = 2

    /// The defaults.
    public init() {}
  }

  private let graph: FeatureGraph
  private let node: Int
  private let score: Score
  private let options: Options

  /// A dream that maximises a score of a node's output.
  public init(_ graph: FeatureGraph, at node: Int, _ score: Score, _ options: Options = Options()) {
    (self.graph, self.node, self.score, self.options) = (graph, node, score, options)
  }

  /// The score of a picture.
  public func score(of picture: Tensor) -> Float { score.evaluate(graph.output(of: node, for: picture)).values[0] }

  /// The initial noise, followed by the picture after each octave. The same seed gives the same pictures.
  public func pictures(seed: UInt64) -> [Tensor] {
    var random = RandomSource(seed: seed)
    let noise = (0..<graph.input.count).map { _ in options.top * (0.5 + 0.06 * random.normal()) }
    var picture = Tensor(images: 1, shape: graph.input, values: noise)
    var pictures = [picture]
    for reach in options.octaves {
      for _ in 0..<options.steps {
        let (down, across) = (random.below(2 * options.jitter + 1), random.below(2 * options.jitter + 1))
        step(&picture, reach: reach, down: down - options.jitter, across: across - options.jitter)
      }
      pictures.append(picture)
    }
    return pictures
  }

  private func step(_ picture: inout Tensor, reach: Int, down: Int, across: Int) {
    let moved = picture.rolled(down: down, across: across)
    let values = graph.values(for: moved, upTo: node)
    var change = graph.gradient(of: node, score.evaluate(values[node]).gradient, at: values, moved)
      .rolled(down: -down, across: -across).averaged(reach: reach).normalised
    let rough = picture.variationGradient
    for place in change.values.indices { change.values[place] -= options.smoothness * rough.values[place] }
    for place in picture.values.indices {
      let value = picture.values[place] + options.rate * options.top * change.values[place]
      picture.values[place] = min(max(value, 0), options.top)
    }
  }
}

extension Tensor {
  /// The values divided by the mean of their absolute values; unchanged if all are 0.
  fileprivate var normalised: Tensor {
    let mean = values.reduce(0) { $0 + abs($1) } / Float(values.count)
    return mean > 0 ? Tensor(images: images, shape: shape, values: values.map { $0 / mean }) : self
  }

  /// The first image shifted cyclically.
  fileprivate func rolled(down: Int, across: Int) -> Tensor {
    var result = self
    for row in 0..<shape.rows {
      let to = (row + down + shape.rows) % shape.rows
      for column in 0..<shape.columns {
        let from = index(image: 0, row: row, column: column)
        let place = index(image: 0, row: to, column: (column + across + shape.columns) % shape.columns)
        for channel in 0..<shape.channels { result.values[place + channel] = values[from + channel] }
      }
    }
    return result
  }

  /// The derivative of the total variation, with the sign of each difference: the number of a value's four neighbours
  /// that are smaller, minus the number that are larger, divided by four.
  fileprivate var variationGradient: Tensor {
    var result = Tensor(images: images, shape: shape)
    let (right, below) = (shape.channels, shape.columns * shape.channels)
    for place in values.indices {
      let column = place / shape.channels % shape.columns
      for (next, isInside) in [
        (place + right, column + 1 < shape.columns), (place + below, place + below < values.count),
      ]
      where isInside && values[place] != values[next] {
        let sign: Float = values[place] > values[next] ? 0.25 : -0.25
        result.values[place] += sign
        result.values[next] -= sign
      }
    }
    return result
  }

  /// The mean of each square of `2 * reach + 1` cells around a value.
  fileprivate func averaged(reach: Int) -> Tensor {
    guard reach > 0 else { return self }
    var result = self
    for row in 0..<shape.rows {
      for column in 0..<shape.columns {
        let rows = max(0, row - reach)...min(shape.rows - 1, row + reach)
        let columns = max(0, column - reach)...min(shape.columns - 1, column + reach)
        let place = index(image: 0, row: row, column: column)
        for channel in 0..<shape.channels {
          var sum: Float = 0
          for y in rows { for x in columns { sum += values[index(image: 0, row: y, column: x) + channel] } }
          result.values[place + channel] = sum / Float(rows.count * columns.count)
        }
      }
    }
    return result
  }
}
