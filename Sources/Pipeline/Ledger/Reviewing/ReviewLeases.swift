package import DigitNet
import Synchronization

/// Leases of review items, so that two reviewers do not get the same item. They are not locks: a decision on an item is
/// accepted without a lease.
///
/// Leases are in memory, so nothing is written while a reviewer looks, and a killed process leaves none behind. Of
/// several processes that serve one database, two may give the same item to two reviewers, who then agree or differ.
package final class ReviewLeases: Sendable {
  /// A number in a picture.
  package struct Item: Sendable, Hashable {
    /// The SHA-256 of the picture's bytes.
    package var picture: String
    /// The number's box.
    package var box: Box

    /// An item from its parts.
    package init(picture: String, box: Box) { (self.picture, self.box) = (picture, box) }
  }

  private struct Lease {
    var reviewer: String
    var end: ContinuousClock.Instant
  }

  private let leases = Mutex<[Item: Lease]>([:])
  private let duration: Duration

  /// Starts without leases; each lasts two minutes by default.
  package init(duration: Duration = .seconds(120)) { self.duration = duration }

  /// Gives a reviewer a lease of an item, or renews it; returns false if another reviewer has one.
  package func take(_ item: Item, for reviewer: String) -> Bool {
    leases.withLock { leases in
      let now = ContinuousClock.now
      if let lease = leases[item], lease.reviewer != reviewer, lease.end > now { return false }
      if leases.count > 10_000 { leases = leases.filter { $0.value.end > now } }
      leases[item] = Lease(reviewer: reviewer, end: now + duration)
      return true
    }
  }

  /// Ends a reviewer's lease of an item, because it was decided.
  package func release(_ item: Item, of reviewer: String) {
    leases.withLock { leases in
      if leases[item]?.reviewer == reviewer { leases[item] = nil }
    }
  }

  /// Ends all leases of a reviewer.
  package func releaseAll(of reviewer: String) {
    leases.withLock { leases in leases = leases.filter { $0.value.reviewer != reviewer } }
  }
}
