import DigitNet

/// Repeats the left end of each row at its right end, for panoramas of a full turn.
///
/// Memory holds one row.
package struct RowExtension {
  /// The number of bytes that are repeated.
  private let count: Int
  private var row: [UInt8] = []

  /// Repeats the given number of columns, at most the picture's width; 0 leaves rows unchanged.
  package init(columns: Int) {
    precondition(columns >= 0)
    count = Image.channels * columns
  }

  /// Passes the extended row to `body`, which must not keep it.
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
