import CTrainingKernels

/// Adds a product to `sums`: see `training_product`. Every index in the product must lie within the arrays. `columns`
/// is the number of columns of `right`.
func multiply(
  _ product: training_product, _ left: [Float], _ right: [Float], columns: Int, addingTo sums: inout [Float]
) {
  var product = product
  product.columns = columns
  precondition(product.fits(left: left.count, right: right.count, sums: sums.count))
  training_multiply(&product, left, right, &sums)
}

/// Moves `weights` against the gradient given as a product: see `training_descend_along`.
func descendAlong(
  _ product: training_product, _ left: [Float], _ right: [Float], columns: Int, _ weights: inout [Float], rate: Float,
  decay: Float
) {
  var product = product
  product.columns = columns
  precondition(product.fits(left: left.count, right: right.count, sums: weights.count))
  training_descend_along(&product, left, right, &weights, rate, decay)
}

/// The transpose of a matrix with the given number of columns.
func transposed(_ matrix: [Float], columns: Int) -> [Float] {
  var result = [Float](repeating: 0, count: matrix.count)
  training_transpose(matrix, matrix.count / columns, columns, &result)
  return result
}

/// The sums of the columns of a matrix with the given number of columns.
func columnSums(_ matrix: [Float], columns: Int) -> [Float] {
  var sums = [Float](repeating: 0, count: columns)
  training_add_rows(matrix, matrix.count / columns, columns, &sums)
  return sums
}

extension training_product {
  /// Whether the last elements that the product reads and writes lie within arrays of these lengths.
  fileprivate func fits(left: Int, right: Int, sums: Int) -> Bool {
    let sides = [images, lines, rows, columns, segments, depth]
    guard sides.allSatisfy({ $0 >= 0 }) else { return false }
    guard !sides.contains(0) else { return true }
    let lastLeft =
      a_first + (images - 1) * a_image + (lines - 1) * a_line + (rows - 1) * a_row + (segments - 1) * a_segment
      + (depth - 1)
      * a_step
    let lastSum = (images - 1) * c_image + (lines - 1) * c_line + (rows - 1) * c_row + columns - 1
    return lastLeft < left && lastSum < sums && (images - 1) * b_image + segments * depth * columns <= right
  }
}
