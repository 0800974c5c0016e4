import CTrainingKernels

/// The right factor of a matrix product, laid out for the kernels.
struct PackedMatrix {
  let height: Int
  let width: Int
  let values: [Float]

  /// Packs `height` rows of `width` numbers.
  init(_ matrix: [Float], height: Int, width: Int) {
    precondition(matrix.count == height * width)
    self.height = height
    self.width = width
    let panel = Int(TRAINING_PANEL)
    if width == panel {
      values = matrix
    } else {
      var packed = [Float](repeating: 0, count: (width + panel - 1) / panel * panel * height)
      training_pack(matrix, height, width, &packed)
      values = packed
    }
  }
}

/// Adds a product to `sums`: see `training_product`. Every index that the product names must lie in the arrays.
func multiply(_ product: training_product, _ left: [Float], _ right: PackedMatrix, addingTo sums: inout [Float]) {
  var product = product
  product.columns = right.width
  product.b_height = right.height
  precondition(product.fits(left: left.count, sums: sums.count))
  training_multiply(&product, left, right.values, &sums)
}

/// The sums of the columns of a matrix with so many of them.
func columnSums(_ matrix: [Float], columns: Int) -> [Float] {
  var sums = [Float](repeating: 0, count: columns)
  training_add_rows(matrix, matrix.count / columns, columns, &sums)
  return sums
}

extension training_product {
  /// Whether the last places that it reads and writes lie in arrays of these lengths.
  fileprivate func fits(left: Int, sums: Int) -> Bool {
    let sides = [images, lines, rows, columns, segments, depth]
    guard sides.allSatisfy({ $0 >= 0 }) else { return false }
    guard !sides.contains(0) else { return true }
    let lastLeft =
      (images - 1) * a_image + (lines - 1) * a_line + (rows - 1) * a_row + (segments - 1) * a_segment + (depth - 1)
      * a_step
    let lastSum = (images - 1) * c_image + (lines - 1) * c_line + (rows - 1) * c_row + columns - 1
    return lastLeft < left && lastSum < sums && (images - 1) * b_image + segments * depth <= b_height
  }
}
