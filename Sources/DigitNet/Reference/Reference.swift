/// The forward pass in plain Swift, written for clarity, not speed; whole feature maps are in memory.
///
/// It is the oracle for the fast engine, which must equal it bit for bit. It runs every layer that a model may have.
public enum Reference {
  /// The network's output for a whole picture. Memory holds every feature map, at 4 bytes a value.
  public static func output(of network: Network, for image: Image) -> FeatureMap {
    let values = network.layers.reduce(into: [FeatureMap(image)]) { values, layer in
      values.append(output(of: layer, for: layer.inputs.map { values[$0] }))
    }
    return values[values.count - 1]
  }

  /// The output of one layer.
  public static func output(of layer: Layer, for inputs: [FeatureMap]) -> FeatureMap {
    switch layer.operation {
    case .convolution(let convolution): activated(sums(convolution, inputs[0]), convolution)
    case .maximumPooling(let window): pooled(inputs[0], window) { $0.max() ?? 0 }
    case .averagePooling(let window):
      pooled(inputs[0], window) { values in
        let count = Int32(window.rows * window.columns)
        return (2 * values.reduce(0, +) + count) / (2 * count)
      }
    case .enlarge(let factor): enlarged(inputs[0], factor)
    case .add: sum(inputs[0], inputs[1])
    }
  }

  private static func sums(_ layer: Layer.Convolution, _ input: FeatureMap) -> FeatureMap {
    let window = layer.window
    var output = FeatureMap(
      rows: window.count(length: input.rows, size: window.rows),
      columns: window.count(length: input.columns, size: window.columns), channels: layer.outputChannels)
    for y in 0..<output.rows {
      for x in 0..<output.columns {
        for channel in 0..<output.channels {
          var sum = layer.bias[channel]
          for row in 0..<window.rows {
            for column in 0..<window.columns {
              let at = ((channel * window.rows + row) * window.columns + column) * input.channels
              let (inputRow, inputColumn) = (
                y * window.stride - window.padding + row, x * window.stride - window.padding + column
              )
              for source in 0..<input.channels {
                sum += Int32(layer.weights[at + source]) * input[inputRow, inputColumn, source]
              }
            }
          }
          output[y, x, channel] = sum
        }
      }
    }
    return output
  }

  /// Requantisation: one multiplication, a clamp, and rounding to nearest with ties to even.
  private static func requantised(_ sum: Int32, _ multiplier: Float, _ range: ClosedRange<Float>) -> Int32 {
    let value = Float(sum) * multiplier
    return Int32(min(max(value, range.lowerBound), range.upperBound).rounded(.toNearestOrEven))
  }

  private static func activated(_ sums: FeatureMap, _ layer: Layer.Convolution) -> FeatureMap {
    var output = sums
    let range: ClosedRange<Float> = layer.activation == .relu ? 0...127 : -32_768...32_767
    for i in output.values.indices {
      output.values[i] = requantised(sums.values[i], layer.multiplier[i % sums.channels], range)
    }
    switch layer.activation {
    case .relu, .none: break
    case .sigmoid:
      for i in output.values.indices { output.values[i] = Int32(Sigmoid.probability(Int(output.values[i]))) }
    case .softmax:
      for first in stride(from: 0, to: output.values.count, by: output.channels) {
        let cell = first..<(first + output.channels)
        let top = output.values[cell].max() ?? 0
        let powers = output.values[cell].map { Sigmoid.exponential(Int($0 - top)) }
        let total = powers.reduce(0, +)
        for (i, power) in zip(cell, powers) {
          output.values[i] = Int32((Double(Sigmoid.one) * power / total).rounded(.toNearestOrEven))
        }
      }
    }
    return output
  }

  private static func pooled(
    _ input: FeatureMap, _ window: Layer.Window, _ combine: ([Int32]) -> Int32
  ) -> FeatureMap {
    var output = FeatureMap(
      rows: window.count(length: input.rows, size: window.rows),
      columns: window.count(length: input.columns, size: window.columns), channels: input.channels)
    for y in 0..<output.rows {
      for x in 0..<output.columns {
        for channel in 0..<output.channels {
          let (top, left) = (y * window.stride - window.padding, x * window.stride - window.padding)
          output[y, x, channel] = combine(
            (0..<window.rows).flatMap { row in (0..<window.columns).map { input[top + row, left + $0, channel] } })
        }
      }
    }
    return output
  }

  private static func enlarged(_ input: FeatureMap, _ factor: Int) -> FeatureMap {
    var output = FeatureMap(rows: input.rows * factor, columns: input.columns * factor, channels: input.channels)
    for y in 0..<output.rows {
      for x in 0..<output.columns {
        for channel in 0..<output.channels { output[y, x, channel] = input[y / factor, x / factor, channel] }
      }
    }
    return output
  }

  private static func sum(_ a: FeatureMap, _ b: FeatureMap) -> FeatureMap {
    var output = a
    for y in 0..<a.rows {
      for x in 0..<a.columns {
        for channel in 0..<a.channels { output[y, x, channel] = min(a[y, x, channel] + b[y, x, channel], 127) }
      }
    }
    return output
  }
}
