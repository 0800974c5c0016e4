import GRDB
import StreetCore

/// What numbers were read by; the query for them has it only where it is asked for.
extension Store {
  /// What a query that has tables of `newest` sets and of `members` needs in addition: a table, columns, a join.
  ///
  /// In a database of an earlier schema generations are those that its migration would write.
  static func provenance(_ db: Database) throws -> (table: String, columns: String, join: String) {
    let generation = try schemaVersion(db) < Schema.withGenerations ? Schema.generationByTime : "generation"
    let table = """
      ,
      provenance AS (
        SELECT id AS set_id, model_id, \(generation) AS generation, tool_version, completed_at FROM result_sets
      )
      """
    return (
      table, ", model_id, generation, tool_version, members.sha256 AS image_sha256, completed_at",
      " JOIN provenance ON set_id = newest.id"
    )
  }

  /// Columns of a provenance.
  static let provenanceColumns = 5

  /// The provenance whose columns begin at one of a row.
  static func provenance(_ row: Row, from column: Int) throws -> Provenance {
    Provenance(
      model: try row.text(column), generation: try row.integer(column + 1, in: 0...Int.max),
      toolVersion: try row.text(column + 2), imageSHA256: try row.optionalText(column + 3),
      readAt: try row.optionalText(column + 4))
  }
}
