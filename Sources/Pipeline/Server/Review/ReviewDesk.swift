import StreetLedger

/// Takes decisions and hands out what is to be decided: the one connection that writes.
final class ReviewDesk: Sendable {
  /// Who decides.
  let reviewer: String
  private let store: Store

  /// Seconds for which a decision waits while a run writes.
  private static let patience = 10.0

  /// A desk over the database at a path; nil where that may not be written.
  init?(path: String, reviewer: String) throws(StoreError) {
    self.reviewer = reviewer
    do throws(StoreError) {
      // Reading first: what is missing is not made.
      try Store.open(path: path, mode: .read).close()
    } catch  where error.code == .olderSchema {
      // Brought up to date below.
    }
    do throws(StoreError) {
      store = try Store.open(path: path, mode: .write, busyTimeout: Self.patience)
    } catch  where [.permission, .cannotCreate].contains(error.code) {
      return nil
    }
  }

  /// Ends the connection.
  func close() { try? store.close() }
}
