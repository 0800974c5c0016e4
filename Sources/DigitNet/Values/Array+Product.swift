extension [Int] {
  /// The product of numbers that are not negative; `Int.max` if it is larger.
  package var saturatingProduct: Int {
    reduce(1) { product, factor in
      let (next, overflows) = product.multipliedReportingOverflow(by: factor)
      return overflows ? .max : next
    }
  }
}
