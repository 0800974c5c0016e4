import Foundation
import GRDB
public import StreetCore

extension Store {
  /// Gives each matching number to `body`, sorted as the query says: by archive, ordinal, falling
  /// confidence, box, unless it says otherwise.
  ///
  /// Of each source it reads the newest complete result set, or the newest there is, of all models or the one that is asked
  /// for; a stream is no source before its end. All rows are of one moment, however long `body` takes; few are in memory at once.
  ///
  /// - Throws: `store.damaged`, `store.unknown_model`, `store.ambiguous_model` and what else reading can throw, as
  ///   `StoreError`; what `body` throws.
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

  /// The first column behind those of a number.
  private static let behindNumber = 14

  /// A table of sets with their place among those of their source: 1 is the newest complete one, or the newest.
  ///
  /// A set that was set aside because reading ended the program counts as not complete, so that it hides no earlier one. Of
  /// two of one generation, as sets that were read by two machines may be, the one of the later model is the newer. In a
  /// database of an earlier schema the newest is the one that was completed last.
  ///
  /// With `ofModel` only sets of one model count, whose id is the statement's first argument; with `ofSource` only those of one
  /// source are looked at, whose id is the next.
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

  /// The statement of a query; `ofTimeless` is the one that counts pictures which it leaves out because they have no instant.
  static func statement(
    for query: NumberQuery, of model: String?, _ db: Database, ofTimeless: Bool = false
  ) throws -> (String, StatementArguments) {
    var conditions = ["confidence >= ?", "sources.kind <> 'stream'"]
    var arguments = StatementArguments([model].compactMap(\.self)) + [query.minimumConfidence]
    func require(_ condition: String, _ values: StatementArguments) {
      conditions.append(condition)
      arguments += values
    }
    if let number = query.number { require("text = ?", [number]) }
    // ":" comes right after "9", so the index on text finds a prefix as a range.
    if let prefix = query.prefix { require("text >= ? AND text < ?", [prefix, prefix + ":"]) }
    if let like = query.like { require("text GLOB ?", [glob(like)]) }
    if let image = query.image { require("composed(members.name) GLOB ?", [glob(image)]) }
    if let archive = query.archive { require("composed(sources.name) GLOB ?", [glob(archive)]) }
    if let since = query.since {
      require("newest.id IN (SELECT id FROM result_sets WHERE coalesce(completed_at, started_at) >= ?)", [since])
    }
    let places = placeConditions(query, ofTimeless: ofTimeless)
    for (condition, values) in places { require(condition, values) }
    let provenance = try query.withProvenance ? Self.provenance(db) : (table: "", columns: "", join: "")
    let geotag = try query.withGeotag || !places.isEmpty ? Self.geotag(db) : (columns: "", join: "")
    let reviews = try query.reviewed ? Self.reviews(db) : (table: "", columns: "")
    let newest = try newestSets(db, ofModel: model != nil)
    let tables = self.tables(of: query, positions: geotag.join, ofTimeless: ofTimeless)
    let condition = conditions.joined(separator: " AND ")
    if ofTimeless {
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

  /// The tables that a query is put to, in the order in which SQLite has to walk through them where that matters.
  private static func tables(of query: NumberQuery, positions: String, ofTimeless: Bool) -> String {
    let numbers = query.reviewed ? "reviewed AS numbers" : "numbers"
    if let first = placesFirst(query, ofTimeless: ofTimeless) {
      return """
        FROM \(first)
        CROSS JOIN members ON members.sha256 = positions.sha256 AND members.name = positions.name
        CROSS JOIN newest ON newest.id = members.result_set_id AND newest.source_id = positions.source_id AND place = 1
        CROSS JOIN \(numbers) ON numbers.result_set_id = newest.id AND numbers.ordinal = members.ordinal
        JOIN sources ON sources.id = newest.source_id
        """
    }
    // Where a prefix is all that is known, SQLite would rather walk through all sets than believe its index on text.
    let isByPrefix = query.prefix != nil && query.number == nil && query.archive == nil
    return """
      FROM \(numbers)
      \(isByPrefix ? "CROSS JOIN" : "JOIN") newest ON newest.id = numbers.result_set_id AND place = 1
      JOIN sources ON sources.id = newest.source_id
      JOIN members ON members.result_set_id = newest.id AND members.ordinal = numbers.ordinal\(positions)
      """
  }

  /// SQL's `composed(name)`: a name in Unicode's form C, in which é is one character, whichever form it was stored in. GLOB
  /// compares bytes, and macOS writes names in form D.
  static let composed = DatabaseFunction("composed", argumentCount: 1, pure: true) { values in
    guard let name = String.fromDatabaseValue(values[0]), !name.utf8.allSatisfy({ $0 < 0x80 }) else { return values[0] }
    return name.precomposedStringWithCanonicalMapping
  }

  /// A pattern for SQLite's GLOB of composed names, which knows sets in brackets too.
  static func glob(_ pattern: String) -> String {
    pattern.precomposedStringWithCanonicalMapping.unicodeScalars.map { $0 == "[" ? "[[]" : String($0) }.joined()
  }
}

/// Tells what the receiver of rows throws from what the database does.
private struct BodyFailed: Error {
  let reason: any Error
}

extension NumberQuery.Order {
  /// What SQL orders by in front of the place.
  fileprivate var sql: String {
    switch self {
    case .place: ""
    case .surestFirst: "confidence DESC, "
    case .leastSureFirst: "confidence, "
    }
  }
}
