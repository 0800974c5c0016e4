import GRDB
package import StreetCore

/// How often reviewers agree on the same number.
package struct ReviewerAgreement: Sendable, Hashable {
  /// The share of numbers on which all reviewers agree, among those with two or more decisions; its interval is
  /// Wilson's, 95 %.
  package var agreed: Share
  /// The number of numbers with at least one decision.
  package var decided: Int
}

extension Store {
  /// The agreement of reviewers on the numbers of the newest sets. Costs reading all decisions.
  package func reviewerAgreement() throws(StoreError) -> ReviewerAgreement {
    try read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT total(claims >= 2 AND NOT differs), total(claims >= 2), total(claims >= 1)
          FROM reviewed_numbers JOIN newest_sets USING (result_set_id)
          """)
      guard let row else { return ReviewerAgreement(agreed: Share(0, of: 0), decided: 0) }
      return try ReviewerAgreement(
        agreed: Share(row.total(0), of: row.total(1)), decided: row.total(2))
    }
  }
}
