import CTrainingKernels
import DigitNet

/// Pooling: the maximum or the mean in a sliding window, for each channel.
public struct PoolingLayer: TrainableLayer, Hashable {
  /// The function that combines a window's values.
  public enum Kind: String, Sendable, Hashable, Codable {
    /// The maximum; cells outside the input are ignored.
    case maximum
    /// The mean; cells outside the input count as zeros.
    case average
  }

  /// The function that combines a window's values.
  public var kind: Kind
  /// The height and width of the window, in cells.
  public var rows, columns: Int
  /// Cells between neighbouring windows; windows overlap if it is smaller than their size.
  public var stride: Int
  /// Cells of padding on each side of the input.
  public var padding: Int

  /// A layer with square windows; the default stride is the window's size, so that windows do not overlap.
  public init(_ kind: Kind, size: Int, stride: Int? = nil, padding: Int = 0) {
    self.kind = kind
    (rows, columns) = (size, size)
    self.stride = stride ?? size
    self.padding = padding
  }

  /// The size of the window, its stride and padding.
  var window: Layer.Window { Layer.Window(rows: rows, columns: columns, stride: stride, padding: padding) }

  /// One cell for each window, with the input's channels; throws if no window fits.
  public func outputShape(of input: Shape) throws(TrainingError) -> Shape {
    try window.outputShape(of: input, channels: input.channels)
  }

  /// The maximum or mean of each window, for each channel.
  public func output(of input: Tensor, _ parameters: ArraySlice<Parameter>, _ mode: PassMode) -> Tensor {
    let shape = Shape(
      rows: window.count(length: input.shape.rows, size: rows),
      columns: window.count(length: input.shape.columns, size: columns), channels: input.shape.channels)
    var output = Tensor(images: input.images, shape: shape)
    switch kind {
    case .maximum:
      var windows = windows(input.shape, shape, images: input.images)
      training_maximum(&windows, input.values, &output.values)
    case .average:
      let share = 1 / Float(rows * columns)
      forEachPair(input.shape, shape, images: input.images) { from, to in
        for channel in 0..<shape.channels { output.values[to + channel] += share * input.values[from + channel] }
      }
    }
    return output
  }

  /// Maximum pooling passes the gradient to the first of the largest values, average pooling in equal shares to all.
  public func gradients(
    at point: LayerPoint, _ parameters: ArraySlice<Parameter>, output gradient: Tensor, needsInput: Bool
  ) -> LayerGradients {
    var input = Tensor(images: point.input.images, shape: point.input.shape)
    switch kind {
    case .maximum:
      var (rest, windows) = (gradient.values, windows(input.shape, gradient.shape, images: input.images))
      training_maximum_back(&windows, point.input.values, point.output.values, &rest, &input.values)
    case .average:
      let share = 1 / Float(rows * columns)
      forEachPair(input.shape, gradient.shape, images: input.images) { from, to in
        for channel in 0..<input.shape.channels {
          input.values[from + channel] += share * gradient.values[to + channel]
        }
      }
    }
    return LayerGradients(input: input)
  }

  private func windows(_ input: Shape, _ output: Shape, images: Int) -> training_windows {
    training_windows(
      images: images, channels: input.channels, in_rows: input.rows, in_columns: input.columns, out_rows: output.rows,
      out_columns: output.columns, rows: rows, columns: columns, stride: stride, padding: padding)
  }

  /// Calls `body` with the index of each input cell and of each output cell whose window contains it, window by window.
  @inline(__always)
  private func forEachPair(_ input: Shape, _ output: Shape, images: Int, _ body: (_ from: Int, _ to: Int) -> Void) {
    for image in 0..<images {
      for y in 0..<output.rows {
        let top = y * stride - padding
        for x in 0..<output.columns {
          let left = x * stride - padding
          let to = ((image * output.rows + y) * output.columns + x) * output.channels
          for row in max(top, 0)..<min(top + rows, input.rows) {
            for column in max(left, 0)..<min(left + columns, input.columns) {
              body(((image * input.rows + row) * input.columns + column) * input.channels, to)
            }
          }
        }
      }
    }
  }
}
