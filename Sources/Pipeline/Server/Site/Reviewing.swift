import StreetCore
import StreetLedger

/// Stores the decisions of a reviewer.
final class Reviewing: Sendable {
  /// The reviewer's name.
  let reviewer: String
  private let desk: ReviewDesk

  /// Nil if the database is read-only.
  init?(path: String, reviewer: String) throws(StoreError) {
    self.reviewer = reviewer
    do throws(StoreError) {
      desk = try ReviewDesk(path: path)
    } catch  where [.permission, .cannotCreate].contains(error.code) {
      return nil
    }
  }

  func decide(_ request: DecisionRequest) throws(StoreError) -> Decision { try desk.decide(request) }

  func undo(_ decision: String, id: String?) throws(StoreError) -> (undo: Decision, undone: Decision?) {
    try desk.undo(decision, by: reviewer, id: id)
  }

  func makeSample(_ filter: NumberFilter, size: Int, seed: String? = nil) throws(StoreError) -> RandomSample {
    try desk.makeSample(filter, size: size, seed: seed)
  }

  /// The next items of a sample, or of the queue sorted by confidence.
  func nextItems(
    _ filter: NumberFilter, sample: String?, count: Int, from reader: Store
  ) throws(StoreError) -> [ReviewItem] {
    guard let sample else { return try desk.nextItems(filter, for: reviewer, count: count, from: reader) }
    return try desk.nextItems(ofSample: sample, for: reviewer, count: count, from: reader)
  }

  func close() { try? desk.close() }
}
