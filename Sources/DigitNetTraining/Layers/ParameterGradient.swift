import CTrainingKernels

/// The derivative of the cost by a parameter.
///
/// The derivative by a dense layer's weights is a product of two small matrices. Gradient descent computes it number by
/// number and never stores it, because for small mini-batches, storing it would take most of a step's time.
public enum ParameterGradient: Sendable, Hashable {
  /// One number for each number of the parameter.
  case values([Float])
  /// The sum over the images of each input times each output's gradient.
  case product(inputs: [Float], outputs: [Float], images: Int)

  /// One number for each number of the parameter.
  public var values: [Float] {
    switch self {
    case .values(let values): return values
    case .product(let inputs, let outputs, let images):
      let (product, columns) = ParameterGradient.product(inputs, outputs, images)
      var sums = [Float](repeating: 0, count: product.rows * columns)
      multiply(product, inputs, outputs, columns: columns, addingTo: &sums)
      return sums
    }
  }

  /// Gradient descent: weight -= rate * (gradient + decay * weight).
  func descend(_ weights: inout [Float], rate: Float, decay: Float) {
    switch self {
    case .values(let values):
      precondition(values.count == weights.count)
      training_descend(&weights, values, values.count, rate, decay)
    case .product(let inputs, let outputs, let images):
      let (product, columns) = ParameterGradient.product(inputs, outputs, images)
      descendAlong(product, inputs, outputs, columns: columns, &weights, rate: rate, decay: decay)
    }
  }

  /// The product, and the number of columns of its result.
  private static func product(_ inputs: [Float], _ outputs: [Float], _ images: Int) -> (training_product, Int) {
    let (rows, columns) = (inputs.count / images, outputs.count / images)
    var product = training_product()
    (product.images, product.lines, product.rows) = (1, 1, rows)
    (product.segments, product.depth) = (1, images)
    (product.a_row, product.a_step, product.c_row) = (1, rows, columns)
    return (product, columns)
  }
}
