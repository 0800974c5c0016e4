/// A proportion of counted items, such as 419 of 500 photographs.
package struct Share: Sendable, Hashable {
  /// The number of items with the property.
  package var hits: Int
  /// The number of all items.
  package var count: Int

  /// A proportion; `hits` must be in 0...`count`.
  package init(_ hits: Int, of count: Int) {
    precondition((0...count).contains(hits))
    self.hits = hits
    self.count = count
  }

  /// The proportion, 0...1; 0 if `count` is 0.
  package var value: Double { count == 0 ? 0 : Double(hits) / Double(count) }

  /// The 95 % confidence interval of the underlying proportion, after Wilson (1927, https://doi.org/10.2307/2276774);
  /// 0...1 if `count` is 0.
  package var interval: ClosedRange<Double> {
    guard count > 0 else { return 0...1 }
    let (n, z) = (Double(count), 1.96)
    let scale = 1 + z * z / n
    let middle = (value + z * z / (2 * n)) / scale
    let half = z * (value * (1 - value) / n + z * z / (4 * n * n)).squareRoot() / scale
    return middle - half...middle + half
  }
}
