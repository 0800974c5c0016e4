import DigitNet

/// Rows of a picture that go on at their right end with what their left end shows, as those of a panorama of a full turn do.
///
/// Takes the memory of one row.
package struct RowExtension {
  /// Bytes of the left end that are repeated.
  private let count: Int
  private var row: [UInt8] = []

  /// Repeats so many columns, at most the picture's width; none leaves rows as they are.
  package init(columns: Int) {
    precondition(columns >= 0)
    count = Image.channels * columns
  }

  /// Gives the longer row to `body`, which must not keep it.
  package mutating func extend(
    _ source: UnsafeBufferPointer<UInt8>, _ body: (_ row: UnsafeBufferPointer<UInt8>) -> Void
  ) {
    guard count > 0 else { return body(source) }
    row.removeAll(keepingCapacity: true)
    row.append(contentsOf: source)
    row.append(contentsOf: source.prefix(count))
    row.withUnsafeBufferPointer(body)
  }
}
