import CTrainingKernels
import DigitNet

// The three products of a convolution. None copies the windows: the kernel walks through the input as it lies.

/// Adds to each output cell the sum of its window's products with the weights.
func slide(_ window: Layer.Window, _ weights: [Float], over input: Tensor, addingTo output: inout Tensor) {
  var product = training_product()
  (product.images, product.lines, product.rows) = (input.images, output.shape.rows, output.shape.columns)
  (product.segments, product.depth) = (window.rows, window.columns * input.shape.channels)
  (product.a_image, product.a_segment) = (input.shape.count, input.shape.columns * input.shape.channels)
  (product.a_line, product.a_row) = (window.stride * product.a_segment, window.stride * input.shape.channels)
  product.a_step = 1
  (product.c_image, product.c_line) = (output.shape.count, output.shape.columns * output.shape.channels)
  product.c_row = output.shape.channels
  let height = product.segments * product.depth
  multiply(
    product, input.values, PackedMatrix(weights, height: height, width: output.shape.channels),
    addingTo: &output.values)
}

/// The derivatives by the weights: for each, the sum over all cells of what it was multiplied with, times the cell's gradient.
func weightGradient(_ window: Layer.Window, of input: Tensor, _ gradient: Tensor) -> [Float] {
  let (channels, filters) = (input.shape.channels, gradient.shape.channels)
  var product = training_product()
  (product.images, product.lines, product.rows) = (input.images, window.rows, window.columns * channels)
  (product.segments, product.depth) = (gradient.shape.rows, gradient.shape.columns)
  (product.a_image, product.a_line, product.a_row) = (input.shape.count, input.shape.columns * channels, 1)
  (product.a_segment, product.a_step) = (window.stride * product.a_line, window.stride * channels)
  product.b_image = gradient.shape.cells
  (product.c_line, product.c_row) = (product.rows * filters, filters)
  var sums = [Float](repeating: 0, count: product.lines * product.rows * filters)
  let cells = PackedMatrix(gradient.values, height: gradient.images * gradient.shape.cells, width: filters)
  multiply(product, input.values, cells, addingTo: &sums)
  return sums
}

/// The derivatives by the input: the gradient, its cells `stride` apart, under the stencil turned by half a turn.
func inputGradient(_ window: Layer.Window, _ weights: [Float], _ shape: Shape, _ gradient: Tensor) -> Tensor {
  let frame = gradient.framed(
    rows: shape.rows + window.rows - 1, columns: shape.columns + window.columns - 1,
    top: window.rows - 1 - window.padding, left: window.columns - 1 - window.padding, spread: window.stride)
  let (inputs, filters) = (shape.channels, gradient.shape.channels)
  let places = window.rows * window.columns
  var turned = [Float](repeating: 0, count: weights.count)
  for place in 0..<places {
    for input in 0..<inputs {
      for filter in 0..<filters {
        turned[((places - 1 - place) * filters + filter) * inputs + input] =
          weights[(place * inputs + input) * filters + filter]
      }
    }
  }
  var output = Tensor(images: gradient.images, shape: shape)
  let sliding = Layer.Window(rows: window.rows, columns: window.columns, stride: 1, padding: 0)
  slide(sliding, turned, over: frame, addingTo: &output)
  return output
}
