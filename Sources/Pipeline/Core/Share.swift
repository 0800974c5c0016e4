/// A share that was counted, such as 419 of 500 photographs.
package struct Share: Sendable, Hashable {
  /// How many of them it holds for.
  package var hits: Int
  /// How many there were.
  package var count: Int

  /// So many hits among so many, 0...count.
  package init(_ hits: Int, of count: Int) {
    precondition((0...count).contains(hits))
    self.hits = hits
    self.count = count
  }

  /// The share, 0...1; 0 where there was nothing to count.
  package var value: Double { count == 0 ? 0 : Double(hits) / Double(count) }

  /// The 95 % interval of the share behind the sample, after Wilson (1927, https://doi.org/10.2307/2276774);
  /// 0...1 where there was nothing to count.
  package var interval: ClosedRange<Double> {
    guard count > 0 else { return 0...1 }
    let (n, z) = (Double(count), 1.96)
    let scale = 1 + z * z / n
    let middle = (value + z * z / (2 * n)) / scale
    let half = z * (value * (1 - value) / n + z * z / (4 * n * n)).squareRoot() / scale
    return middle - half...middle + half
  }
}
