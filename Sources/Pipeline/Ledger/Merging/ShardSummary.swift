import GRDB
package import StreetCore

/// The content of a shard of one archive or picture.
package struct ShardSummary: Sendable, Equatable {
  /// The source's identity, and the digests of the method and of the selection with which it was read.
  package let identity, method, selection: String
  /// The number of members in each state.
  package let members: MemberCounts
  /// The number of numbers of any confidence.
  package let numbers: Int
  /// Why the source was not read completely; nil if it was.
  package let ending: Reason?
}

extension Shard {
  /// The content of the shard, after a `check`; nil if it has more than one result set.
  package func summary() throws(StoreError) -> ShardSummary? {
    let store = try Store.open(path: path, mode: .read)
    let summary = try store.read { db -> ShardSummary? in
      let sets = try Row.fetchAll(
        db,
        sql: """
          SELECT result_sets.id, identity, method, selection, reason, message
          FROM result_sets JOIN sources ON sources.id = source_id LIMIT 2
          """)
      guard sets.count == 1, let set = sets.first else { return nil }
      let amount = try Store.amount(ofSet: Int64(try set.integer(0, in: 0...Int.max)), db)
      var ending: Reason?
      if let reason = try set.optionalText(4), let message = try set.optionalText(5) {
        ending = Reason(id: reason, message: message)
      }
      return ShardSummary(
        identity: try set.text(1), method: try set.text(2), selection: try set.text(3), members: amount.members,
        numbers: amount.numbers, ending: ending)
    }
    try store.close()
    return summary
  }
}
