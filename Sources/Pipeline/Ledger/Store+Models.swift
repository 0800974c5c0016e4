import GRDB

/// The models of results.
extension Store {
  /// SQL for a table of models and their sequence numbers, which are in the model files' metadata; 0 if there is none.
  /// A later model has a larger number.
  static let sequences = """
    sequences AS MATERIALIZED (
      SELECT id AS model_id, iif(text NOT GLOB '*[^0-9]*' AND length(text) BETWEEN 1 AND 18, CAST(text AS INTEGER), 0) AS sequence
      FROM (SELECT id, iif(json_valid(metadata), json_extract(metadata, '$.sequence'), NULL) AS text FROM models)
    )
    """

  /// The id of the one model with results whose id begins with the given hexadecimal digits.
  ///
  /// Throws `store.unknown_model`, and `store.ambiguous_model` if several ids begin with them.
  func modelID(beginningWith digits: String, _ db: Database) throws -> String {
    let models = try Row.fetchAll(
      db,
      sql: """
        SELECT id, name FROM models
        WHERE EXISTS (SELECT 1 FROM result_sets JOIN sources ON sources.id = source_id
          WHERE model_id = models.id AND kind <> 'stream')
        ORDER BY id
        """
    ).map { row in (id: try row.text(0), name: try row.text(1)) }
    let found = models.filter { $0.id.hasPrefix(digits.lowercased()) }
    let known = (found.isEmpty ? models : found).map { "\($0.id) (\($0.name))" }.joined(separator: ", ")
    guard let model = found.first else { throw StoreError.unknownModel(path, digits, known: known) }
    guard found.count == 1 else { throw StoreError.ambiguousModel(path, digits, known: known) }
    return model.id
  }
}
