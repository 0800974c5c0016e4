package import StreetCore

/// Gives items to reviewers and stores their decisions, with a connection for writing and the leases of this process.
///
/// Its functions block while another process is writing, for at most the store's busy timeout.
package final class ReviewDesk: Sendable {
  private let store: Store
  private let leases: ReviewLeases

  /// A desk for the database at `path`, whose schema is migrated if it is older.
  ///
  /// Throws the errors of opening a store for writing, such as `store.permission` for a read-only database.
  package init(path: String, busyTimeout: Double = 5, leases: ReviewLeases = ReviewLeases()) throws(StoreError) {
    store = try Store.open(path: path, mode: .write, busyTimeout: busyTimeout)
    self.leases = leases
  }

  /// Stores a decision and ends the item's lease; see ``Store/decide(_:)``.
  package func decide(_ request: DecisionRequest) throws(StoreError) -> Decision {
    let decision = try store.decide(request)
    if let box = request.box {
      leases.release(ReviewLeases.Item(picture: request.picture, box: box), of: request.reviewer)
    }
    return decision
  }

  /// Undoes a decision; see ``Store/undo(_:by:id:mode:)``. The reviewer gets a new lease of its item.
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

  /// The next items of a queue, read over a connection for reading; see
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

  /// Ends all leases of a reviewer.
  package func leave(_ reviewer: String) { leases.releaseAll(of: reviewer) }

  /// Closes the connection.
  package func close() throws(StoreError) { try store.close() }
}
