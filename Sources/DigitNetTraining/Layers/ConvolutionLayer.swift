import DigitNet

/// A convolution: weighted sums in a sliding window, with the same weights at every position.
public struct ConvolutionLayer: TrainableLayer, Hashable {
  /// The number of filters, which is the number of output channels.
  public var filters: Int
  /// The height and width of the filters, in cells.
  public var rows, columns: Int
  /// Cells between neighbouring positions of the window.
  public var stride: Int
  /// Cells of zero padding on each side of the input; less than the height and width of the filters.
  public var padding: Int
  /// The number of groups of channels; each filter takes only the input channels of its group.
  public var groups: Int

  /// A layer from its parts.
  public init(filters: Int, rows: Int, columns: Int, stride: Int = 1, padding: Int = 0, groups: Int = 1) {
    self.filters = filters
    self.rows = rows
    self.columns = columns
    self.stride = stride
    self.padding = padding
    self.groups = groups
  }

  /// The size of the window, its stride and padding.
  var window: Layer.Window { Layer.Window(rows: rows, columns: columns, stride: stride, padding: padding) }

  /// One cell for each position of the window. Throws if the window does not fit, or if the groups do not divide the
  /// channels.
  public func outputShape(of input: Shape) throws(TrainingError) -> Shape {
    guard 1...65_536 ~= filters, 1...filters ~= groups, filters % groups == 0, input.channels % groups == 0 else {
      throw TrainingError(
        .shape,
        "A convolution from \(input.channels) to \(filters) channels has \(groups) groups, which don't divide both")
    }
    return try window.outputShape(of: input, channels: filters)
  }

  /// The weights and the biases of the filters.
  public func parameters(for input: Shape) -> [Parameter] {
    let inputs = input.channels / groups
    return [
      Parameter(role: .weight, shape: [rows, columns, inputs, filters], inputs: rows * columns * inputs),
      Parameter(role: .bias, shape: [filters], inputs: rows * columns * inputs),
    ]
  }

  /// The number of weights and biases.
  public func parameterCount(for input: Shape) -> Int {
    [rows * columns * (input.channels / groups) + 1, filters].saturatingProduct
  }

  /// The weighted sums and the bias of each filter at each position.
  public func output(of input: Tensor, _ parameters: ArraySlice<Parameter>, _ mode: PassMode) -> Tensor {
    let (weights, bias) = (parameters[parameters.startIndex].values, parameters[parameters.startIndex + 1].values)
    let shape = Shape(
      rows: window.count(length: input.shape.rows, size: rows),
      columns: window.count(length: input.shape.columns, size: columns), channels: filters)
    var output = Tensor(images: input.images, shape: shape, repeatingCell: bias)
    guard groups > 1 else {
      slide(window, weights, over: input.padded(padding), addingTo: &output)
      return output
    }
    for group in 0..<groups {
      let outputs = range(of: group, in: filters)
      var part = output.channels(outputs)
      let inputs = input.channels(range(of: group, in: input.shape.channels))
      slide(window, self.columns(outputs, of: weights), over: inputs.padded(padding), addingTo: &part)
      output.replaceChannels(from: outputs.lowerBound, with: part)
    }
    return output
  }

  /// The derivative by the weights sums inputs times gradients over all positions; the derivative by the input adds
  /// gradients times weights to each window.
  public func gradients(
    at point: LayerPoint, _ parameters: ArraySlice<Parameter>, output gradient: Tensor, needsInput: Bool
  ) -> LayerGradients {
    let bias = columnSums(gradient.values, columns: filters)
    let input = needsInput ? pullback(of: gradient, at: point, parameters) : nil
    guard groups > 1 else {
      return LayerGradients(
        parameters: [.values(weightGradient(window, of: point.input.padded(padding), gradient)), .values(bias)],
        input: input)
    }
    var weightSums = [Float](repeating: 0, count: parameters[parameters.startIndex].values.count)
    for group in 0..<groups {
      let outputs = range(of: group, in: filters)
      let seen = point.input.channels(range(of: group, in: point.input.shape.channels))
      let part = weightGradient(window, of: seen.padded(padding), gradient.channels(outputs))
      for (row, first) in Swift.stride(from: outputs.lowerBound, to: weightSums.count, by: filters).enumerated() {
        for place in 0..<outputs.count { weightSums[first + place] = part[row * outputs.count + place] }
      }
    }
    return LayerGradients(parameters: [.values(weightSums), .values(bias)], input: input)
  }

  /// The derivative by the input: gradients times weights, added to each window.
  public func pullback(of gradient: Tensor, at point: LayerPoint, _ parameters: ArraySlice<Parameter>) -> Tensor {
    let weights = parameters[parameters.startIndex].values
    guard groups > 1 else { return inputGradient(window, weights, point.input.shape, gradient) }
    var input = Tensor(images: point.input.images, shape: point.input.shape)
    for group in 0..<groups {
      let (inputs, outputs) = (range(of: group, in: input.shape.channels), range(of: group, in: filters))
      let shape = Shape(rows: input.shape.rows, columns: input.shape.columns, channels: inputs.count)
      let back = inputGradient(window, columns(outputs, of: weights), shape, gradient.channels(outputs))
      input.replaceChannels(from: inputs.lowerBound, with: back)
    }
    return input
  }

  private func range(of group: Int, in channels: Int) -> Range<Int> {
    group * (channels / groups)..<(group + 1) * (channels / groups)
  }

  /// Some columns of the weights, a matrix with one column per filter.
  private func columns(_ range: Range<Int>, of weights: [Float]) -> [Float] {
    Swift.stride(from: 0, to: weights.count, by: filters).flatMap {
      weights[$0 + range.lowerBound..<$0 + range.upperBound]
    }
  }
}

extension Layer.Window {
  /// The output's shape for an input of the given shape.
  func outputShape(of input: Shape, channels: Int) throws(TrainingError) -> Shape {
    guard 1...4096 ~= rows, 1...4096 ~= columns, 1...4096 ~= stride, 0..<min(rows, columns) ~= padding else {
      throw TrainingError(
        .shape, "A window of \(rows)x\(columns) with stride \(stride) and padding \(padding) is invalid")
    }
    let shape = Shape(
      rows: count(length: input.rows, size: rows), columns: count(length: input.columns, size: columns),
      channels: channels)
    guard shape.cells > 0 else {
      throw TrainingError(.shape, "A window of \(rows)x\(columns) doesn't fit into an input of \(input)")
    }
    return shape
  }
}
