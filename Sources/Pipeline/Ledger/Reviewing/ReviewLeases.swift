package import DigitNet
import Synchronization

/// Which items were given to which reviewer a moment ago, so that two do not get the same one. Leases, not locks: whoever decides
/// on an item without one is heard, too.
///
/// They are in memory: nothing is written while a reviewer looks, a process that is killed leaves none behind, and of several
/// processes that serve one database two may give the same item to two reviewers, who then agree or differ.
package final class ReviewLeases: Sendable {
  /// A number in a picture.
  package struct Item: Sendable, Hashable {
    /// SHA-256 of the picture's bytes.
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

  /// No leases; each lasts for two minutes, unless said otherwise.
  package init(duration: Duration = .seconds(120)) { self.duration = duration }

  /// Gives an item to a reviewer, or again; false where another one has it.
  package func take(_ item: Item, for reviewer: String) -> Bool {
    leases.withLock { leases in
      let now = ContinuousClock.now
      if let lease = leases[item], lease.reviewer != reviewer, lease.end > now { return false }
      if leases.count > 10_000 { leases = leases.filter { $0.value.end > now } }
      leases[item] = Lease(reviewer: reviewer, end: now + duration)
      return true
    }
  }

  /// Takes an item back, where the reviewer has it: it was decided on.
  package func release(_ item: Item, of reviewer: String) {
    leases.withLock { leases in
      if leases[item]?.reviewer == reviewer { leases[item] = nil }
    }
  }

  /// Takes back all items of a reviewer.
  package func releaseAll(of reviewer: String) {
    leases.withLock { leases in leases = leases.filter { $0.value.reviewer != reviewer } }
  }
}
