import Foundation
import GRDB
public import StreetCore

extension Store {
  /// Passes each matching number to `body`, in the order of the query: by default by archive, ordinal, descending
  /// confidence and box.
  ///
  /// Reads the newest complete result set of each source, or else the newest one, of all models or of the requested
  /// one. A stream that has not ended is left out. All rows are from one snapshot, however long `body` takes, and few
  /// are in memory at once.
  ///
  /// - Throws: `store.damaged`, `store.unknown_model`, `store.ambiguous_model` and the other errors of reading, as
  ///   `StoreError`; the errors of `body`.
  public func forEachNumber(
    matching query: NumberQuery, _ body: (FoundNumber) throws -> Void
  ) throws {
    do {
      try queue.read { db in
        let model = try query.model.map { try modelID(beginningWith: $0, db) }
        try checkPlaces(query, db)
        let (sql, arguments) = try Self.statement(for: query, of: model, db)
        let rows = try Row.fetchCursor(db, sql: sql, arguments: arguments)
        while let row = try rows.next() {
          let found = try Self.found(row, query, db)
          do { try body(found) } catch { throw BodyFailed(reason: error) }
        }
      }
      try checkUnchanged()
    } catch let stopped as BodyFailed {
      throw stopped.reason
    } catch {
      throw failure(error)
    }
  }

  private static func found(_ row: Row, _ query: NumberQuery, _ db: Database) throws -> FoundNumber {
    let ordinal = try row.integer(4, in: 0...Int.max)
    let key = (try row.integer(0, in: 0...Int.max), ordinal, try row.integer(1, in: 0...Int.max))
    let geotagStart = behindNumber + (query.withProvenance ? provenanceColumns : 0)
    let reviewStart = geotagStart + (query.withGeotag ? GeotagColumns.all.count + 1 : 0)
    let review = try query.reviewed ? review(row, from: reviewStart) : nil
    var found = FoundNumber(
      archive: try row.text(2), archiveSHA256: try row.optionalText(3), image: try row.text(5),
      ordinal: ordinal, width: try row.side(6), height: try row.side(7),
      number: try review?.isGiven == true ? givenNumber(row, from: 8) : number(key, stored: row, from: 8, db),
      provenance: try query.withProvenance ? provenance(row, from: behindNumber) : nil,
      geotag: try query.withGeotag ? geotag(row, from: geotagStart) : nil, review: review)
    if query.withGeotag {
      found.isReadAsPanorama = try row.integer(geotagStart + GeotagColumns.all.count, in: 0...1) == 1
    }
    return found
  }

  /// The first column after those of a number.
  private static let behindNumber = 14

  /// SQL for a table of sets with their rank among those of their source: 1 is the newest complete one, or else the
  /// newest.
  ///
  /// A set that was set aside because reading crashed the program counts as incomplete, so it does not hide earlier
  /// sets. Of two sets with equal generations, which may come from two machines, the one of the later model is newer.
  /// In a database with an earlier schema, the newest set is the one that was completed last.
  ///
  /// With `ofModel`, only the sets of one model count, whose id is the statement's first argument; with `ofSource`,
  /// only those of one source are examined, whose id is the next argument.
  static func newestSets(_ db: Database, ofModel: Bool = false, ofSource: Bool = false) throws -> String {
    let order =
      try schemaVersion(db) < Schema.withGenerations
      ? "coalesce(completed_at, started_at) DESC, id DESC"
      : "generation DESC, sequence DESC, parameters DESC, model_id DESC, fingerprint DESC"
    return """
      WITH \(sequences),
      newest AS (
        SELECT id, source_id, row_number() OVER (
          PARTITION BY source_id
          ORDER BY state = 'complete' AND reason IS NOT '\(SourceError.Code.crashed.rawValue)' DESC, \(order)
        ) AS place FROM result_sets JOIN sequences USING (model_id)
        WHERE \(ofModel ? "model_id = ?" : "true") AND \(ofSource ? "source_id = ?" : "true")
      )
      """
  }

  /// The statement of a query; unless its subject is `found`, it counts the pictures that are left out because their
  /// instant or their position is unknown.
  static func statement(
    for query: NumberQuery, of model: String?, _ db: Database, of subject: Subject = .found
  ) throws -> (String, StatementArguments) {
    var conditions = ["confidence >= ?", "sources.kind <> 'stream'"]
    var arguments = StatementArguments([model].compactMap(\.self)) + [query.minimumConfidence]
    func require(_ condition: String, _ values: StatementArguments) {
      conditions.append(condition)
      arguments += values
    }
    if let number = query.number { require("text = ?", [number]) }
    // ":" is the character after "9", so the index on texts finds a prefix as a range.
    if let prefix = query.prefix { require("text >= ? AND text < ?", [prefix, prefix + ":"]) }
    if let like = query.like { require("text GLOB ?", [glob(like)]) }
    if let image = query.image { require("composed(members.name) GLOB ?", [glob(image)]) }
    if let archive = query.archive { require("composed(sources.name) GLOB ?", [glob(archive)]) }
    if let since = query.since {
      require("newest.id IN (SELECT id FROM result_sets WHERE coalesce(completed_at, started_at) >= ?)", [since])
    }
    let places = placeConditions(query, of: subject)
    for (condition, values) in places { require(condition, values) }
    let provenance = try query.withProvenance ? Self.provenance(db) : (table: "", columns: "", join: "")
    let needsGeotag = query.withGeotag || !places.isEmpty || subject != .found
    let geotag = try needsGeotag ? Self.geotag(db) : (columns: "", join: "")
    let reviews = try query.reviewed ? Self.reviews(db) : (table: "", columns: "")
    let newest = try newestSets(db, ofModel: model != nil)
    let tables = self.tables(of: query, positions: geotag.join, subject)
    let condition = conditions.joined(separator: " AND ")
    if subject == .placeless {
      return (
        """
        \(newest)\(reviews.table)
        SELECT count(*), count(DISTINCT iif(latitude IS NULL, id || ' ' || ordinal, NULL)) FROM (
          SELECT newest.id, members.ordinal, positions.latitude \(tables) WHERE \(condition) LIMIT \(placelessExamined))
        """, arguments
      )
    }
    if subject == .timeless {
      let pictures = "SELECT DISTINCT newest.id, members.ordinal \(tables) WHERE \(condition)"
      return ("\(newest)\(reviews.table) SELECT count(*) FROM (\(pictures))", arguments)
    }
    let rank = query.reviewed ? "confidence DESC, box_left, box_top, box_width, box_height, rank" : "rank"
    let sql = """
      \(newest)\(provenance.table)\(reviews.table)
      SELECT newest.id, rank, sources.name AS archive, sources.sha256 AS archive_sha256,
        members.ordinal, members.name AS image, members.width, members.height,
        text, confidence, box_left, box_top, box_width, box_height\(provenance.columns)
        \(query.withGeotag ? geotag.columns + isPanorama : "")\(reviews.columns)
      \(tables)\(provenance.join)
      WHERE \(condition)
      ORDER BY \(query.order.sql)sources.name, sources.identity, members.ordinal, \(rank)
      LIMIT ?
      """
    arguments += [query.limit ?? -1]
    return (sql, arguments)
  }

  /// The tables of a query, in the order in which SQLite must read them, if it matters.
  private static func tables(of query: NumberQuery, positions: String, _ subject: Subject) -> String {
    let numbers = query.reviewed ? "reviewed AS numbers" : "numbers"
    if let first = placesFirst(query, of: subject) {
      return """
        FROM \(first)
        CROSS JOIN members ON members.sha256 = positions.sha256 AND members.name = positions.name
        CROSS JOIN newest ON newest.id = members.result_set_id AND newest.source_id = positions.source_id AND place = 1
        CROSS JOIN \(numbers) ON numbers.result_set_id = newest.id AND numbers.ordinal = members.ordinal
        JOIN sources ON sources.id = newest.source_id
        """
    }
    // With only a prefix as condition, SQLite would read all sets instead of using the index on texts.
    let isByPrefix = query.prefix != nil && query.number == nil && query.archive == nil
    return """
      FROM \(numbers)
      \(isByPrefix ? "CROSS JOIN" : "JOIN") newest ON newest.id = numbers.result_set_id AND place = 1
      JOIN sources ON sources.id = newest.source_id
      JOIN members ON members.result_set_id = newest.id AND members.ordinal = numbers.ordinal\(positions)
      """
  }

  /// The SQL function `composed(name)`: a name in Unicode normalisation form C, in which é is one character. GLOB
  /// compares bytes, and macOS stores names in form D.
  static let composed = DatabaseFunction("composed", argumentCount: 1, pure: true) { values in
    guard let name = String.fromDatabaseValue(values[0]), !name.utf8.allSatisfy({ $0 < 0x80 }) else { return values[0] }
    return name.precomposedStringWithCanonicalMapping
  }

  /// A pattern for SQLite's GLOB on composed names, with brackets escaped, because GLOB interprets them.
  static func glob(_ pattern: String) -> String {
    pattern.precomposedStringWithCanonicalMapping.unicodeScalars.map { $0 == "[" ? "[[]" : String($0) }.joined()
  }
}

/// Distinguishes an error of the receiver from an error of the database.
private struct BodyFailed: Error {
  let reason: any Error
}

extension NumberQuery.Order {
  /// SQL for the sort keys that precede the place.
  fileprivate var sql: String {
    switch self {
    case .place: ""
    case .surestFirst: "confidence DESC, "
    case .leastSureFirst: "confidence, "
    }
  }
}
