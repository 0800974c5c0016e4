import Foundation

/// Bytes that may be in flight at once. Only the reader waits on it.
///
/// `@unchecked Sendable`: the counts are touched only with the condition's lock held, all else is constant. A
/// `Mutex` can't be waited on.
final class ByteBudget: @unchecked Sendable {
  private let limit: Int
  private let most: Int
  private let condition = NSCondition()
  private var bytes = 0
  private var items = 0

  /// `limit` in bytes; `items` bounds what is in flight however small it is.
  init(limit: Int, items: Int) {
    self.limit = limit
    most = items
  }

  /// Waits until the bytes fit; what is over the whole budget is let in alone.
  func acquire(_ count: Int) {
    condition.lock()
    defer { condition.unlock() }
    while (bytes > 0 && bytes + count > limit) || items >= most { condition.wait() }
    bytes += count
    items += 1
  }

  /// Gives bytes back; the item that took them still counts.
  func release(bytes count: Int) {
    condition.lock()
    defer { condition.unlock() }
    bytes -= count
    condition.signal()
  }

  /// Gives an item back, whose bytes have been.
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
