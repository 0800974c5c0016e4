import GRDB
import StreetCore

/// The provenance of numbers, which a query returns only on request.
extension Store {
  /// The table, columns and join that add provenance to a query with tables of `newest` sets and of `members`.
  ///
  /// For a database with an earlier schema, the generations are those that its migration would store.
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

  /// The number of columns of a provenance.
  static let provenanceColumns = 5

  /// The provenance in the columns of a row from one on.
  static func provenance(_ row: Row, from column: Int) throws -> Provenance {
    Provenance(
      model: try row.text(column), generation: try row.integer(column + 1, in: 0...Int.max),
      toolVersion: try row.text(column + 2), imageSHA256: try row.optionalText(column + 3),
      readAt: try row.optionalText(column + 4))
  }
}
