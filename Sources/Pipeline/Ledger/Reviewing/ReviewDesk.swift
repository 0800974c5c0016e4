package import StreetCore

/// Where reviewers get what to look at, and leave what they decide: a connection that writes, and the leases of this process.
///
/// Its functions block, for the store's busy timeout at most, while another process writes.
package final class ReviewDesk: Sendable {
  private let store: Store
  private let leases: ReviewLeases

  /// A desk over the database at `path`, which is brought up to date where it is of an older schema.
  ///
  /// Throws what opening a store to write to it can throw: `store.permission` where the database may not be written.
  package init(path: String, busyTimeout: Double = 5, leases: ReviewLeases = ReviewLeases()) throws(StoreError) {
    store = try Store.open(path: path, mode: .write, busyTimeout: busyTimeout)
    self.leases = leases
  }

  /// Writes a decision down; see ``Store/decide(_:)``. The item's lease ends.
  package func decide(_ request: DecisionRequest) throws(StoreError) -> Decision {
    let decision = try store.decide(request)
    if let box = request.box {
      leases.release(ReviewLeases.Item(picture: request.picture, box: box), of: request.reviewer)
    }
    return decision
  }

  /// Undoes a decision; see ``Store/undo(_:by:id:mode:)``. Its item is the reviewer's for another two minutes.
  package func undo(
    _ decision: String, by reviewer: String, id: String? = nil, mode: ReviewMode = .browse
  ) throws(StoreError) -> (undo: Decision, undone: Decision?) {
    let undo = try store.undo(decision, by: reviewer, id: id, mode: mode)
    let undone = try store.decisions(ofPicture: undo.picture).first { $0.id == decision }
    if let box = undone?.box { _ = leases.take(ReviewLeases.Item(picture: undo.picture, box: box), for: reviewer) }
    return (undo, undone)
  }

  /// Draws a random sample; see ``Store/makeSample(_:size:seed:)``.
  package func makeSample(_ filter: NumberFilter, size: Int, seed: String? = nil) throws(StoreError) -> RandomSample {
    try store.makeSample(filter, size: size, seed: seed)
  }

  /// The next items of a queue, read over a connection that only reads; see
  /// ``Store/nextItems(_:for:count:leases:within:)``.
  package func nextItems(
    _ filter: NumberFilter, for reviewer: String, count: Int = 10, from reader: Store
  ) throws(StoreError) -> [ReviewItem] {
    try reader.nextItems(filter, for: reviewer, count: count, leases: leases)
  }

  /// The next items of a sample; see ``Store/nextItems(ofSample:for:count:leases:)``.
  package func nextItems(
    ofSample id: String, for reviewer: String, count: Int = 10, from reader: Store
  ) throws(StoreError) -> [ReviewItem] {
    try reader.nextItems(ofSample: id, for: reviewer, count: count, leases: leases)
  }

  /// Gives back all items that a reviewer was given.
  package func leave(_ reviewer: String) { leases.releaseAll(of: reviewer) }

  /// Ends the connection.
  package func close() throws(StoreError) { try store.close() }
}
