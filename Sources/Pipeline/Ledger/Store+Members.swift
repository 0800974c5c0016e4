import GRDB
package import StreetCore

/// Iterating over members.
extension Store {
  /// Passes the name, the SHA-256 and the final state of each member to `body`, in the order of sets and members;
  /// without the numbers that were read.
  package func forEachMember(_ body: (String, String?, MemberOutcome.State) -> Void) throws(StoreError) {
    try read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT name, sha256, state, reason, message, width, height FROM members WHERE state <> 'pending'
          ORDER BY result_set_id, ordinal
          """)
      while let row = try rows.next() {
        let state: MemberOutcome.State =
          switch try row.text(2) {
          case "done": .done(width: try row.side(5), height: try row.side(6), numbers: [])
          case "rejected": .rejected(Reason(id: try row.text(3), message: try row.text(4)))
          default: .ignored(Reason(id: try row.text(3), message: try row.text(4)))
          }
        body(try row.text(0), try row.optionalText(1), state)
      }
    }
  }
}
