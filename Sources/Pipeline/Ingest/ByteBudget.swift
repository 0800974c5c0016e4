import Foundation

/// The number of bytes and items that may be in flight. Only the reader waits on it.
///
/// `@unchecked Sendable` is sound because the counters are only accessed while the condition is locked, and everything
/// else is constant. A `Mutex` would not do, because it can't be waited on.
final class ByteBudget: @unchecked Sendable {
  private let limit: Int
  private let most: Int
  private let condition = NSCondition()
  private var bytes = 0
  private var items = 0

  /// `limit` is in bytes; `items` bounds the number of items regardless of their size.
  init(limit: Int, items: Int) {
    self.limit = limit
    most = items
  }

  /// Waits until the bytes fit. An item larger than the whole budget is admitted alone.
  func acquire(_ count: Int) {
    condition.lock()
    defer { condition.unlock() }
    while (bytes > 0 && bytes + count > limit) || items >= most { condition.wait() }
    bytes += count
    items += 1
  }

  /// Releases the bytes of an item; the item itself still counts.
  func release(bytes count: Int) {
    condition.lock()
    defer { condition.unlock() }
    bytes -= count
    condition.signal()
  }

  /// Releases an item whose bytes have been released.
  func releaseItem() {
    condition.lock()
    defer { condition.unlock() }
    items -= 1
    condition.signal()
  }

  /// Waits until nothing is in flight.
  func drain() {
    condition.lock()
    defer { condition.unlock() }
    while items > 0 { condition.wait() }
  }
}
