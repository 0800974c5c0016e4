import GRDB
package import StreetCore

/// How often reviewers say the same of the same number.
package struct ReviewerAgreement: Sendable, Hashable {
  /// Numbers of which all who decided say the same, among those on which two or more decided; its interval is Wilson's, 95 %.
  package var agreed: Share
  /// Numbers on which at least one decided.
  package var decided: Int
}

extension Store {
  /// How well reviewers agree, over the numbers of the newest sets. Costs a walk over what was decided.
  package func reviewerAgreement() throws(StoreError) -> ReviewerAgreement {
    try read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT total(claims >= 2 AND NOT differs), total(claims >= 2), total(claims >= 1)
          FROM reviewed_numbers JOIN newest_sets USING (result_set_id)
          """)
      guard let row else { return ReviewerAgreement(agreed: Share(0, of: 0), decided: 0) }
      return ReviewerAgreement(
        agreed: Share(Int(row[0] as Double), of: Int(row[1] as Double)), decided: Int(row[2] as Double))
    }
  }
}
