import CTrainingKernels
import DigitNet

// The three products of a convolution. The forward product copies no window: the kernel reads the input in place.

extension training_product {
  /// The product of a window that slides over a padded input; each position gives one output cell.
  fileprivate init(_ window: Layer.Window, over input: Shape, output: Shape) {
    self.init()
    (lines, rows) = (output.rows, output.columns)
    (segments, depth) = (window.rows, window.columns * input.channels)
    (a_image, a_segment, a_step) = (input.count, input.columns * input.channels, 1)
    (a_line, a_row) = (window.stride * a_segment, window.stride * input.channels)
    (c_image, c_line, c_row) = (output.count, output.columns * output.channels, output.channels)
  }
}

/// Adds to each output cell the products of its window with the weights.
func slide(_ window: Layer.Window, _ weights: [Float], over input: Tensor, addingTo output: inout Tensor) {
  var product = training_product(window, over: input.shape, output: output.shape)
  product.images = input.images
  multiply(product, input.values, weights, columns: output.shape.channels, addingTo: &output.values)
}

/// The derivative by the weights: for each weight, the sum over all cells of its input times the cell's gradient.
func weightGradient(_ window: Layer.Window, of input: Tensor, _ gradient: Tensor) -> [Float] {
  let (channels, filters) = (input.shape.channels, gradient.shape.channels)
  var product = training_product()
  (product.images, product.lines, product.rows) = (input.images, window.rows, window.columns * channels)
  (product.segments, product.depth) = (gradient.shape.rows, gradient.shape.columns)
  (product.a_image, product.a_line, product.a_row) = (input.shape.count, input.shape.columns * channels, 1)
  (product.a_segment, product.a_step) = (window.stride * product.a_line, window.stride * channels)
  product.b_image = gradient.shape.count
  (product.c_line, product.c_row) = (product.rows * filters, filters)
  var sums = [Float](repeating: 0, count: product.lines * product.rows * filters)
  multiply(product, input.values, gradient.values, columns: filters, addingTo: &sums)
  return sums
}

/// The derivative by the input: each cell's gradient times the weights, added to the inputs of its window.
func inputGradient(_ window: Layer.Window, _ weights: [Float], _ shape: Shape, _ gradient: Tensor) -> Tensor {
  let padding = window.padding
  let frame = Shape(rows: shape.rows + 2 * padding, columns: shape.columns + 2 * padding, channels: shape.channels)
  var input = Tensor(images: gradient.images, shape: frame)
  var windows = training_product(window, over: frame, output: gradient.shape)
  let (filters, count) = (gradient.shape.channels, windows.segments * windows.depth)
  let matrix = transposed(weights, columns: filters)
  var product = training_product()
  (product.images, product.lines, product.rows) = (1, 1, gradient.shape.cells)
  (product.segments, product.depth) = (1, filters)
  (product.a_row, product.a_step, product.c_row) = (filters, 1, count)
  for image in 0..<gradient.images {
    product.a_first = image * gradient.shape.count
    windows.a_first = image * frame.count
    var values = [Float](repeating: 0, count: gradient.shape.cells * count)
    multiply(product, gradient.values, matrix, columns: count, addingTo: &values)
    training_scatter(&windows, values, &input.values)
  }
  return input.padded(-padding)
}
