import Foundation
import GRDB
import StreetCore

/// The CHECK constraints of the tables.
extension Shard {
  /// Throws if a row violates a constraint of its table. A shard may have been written without constraints, and
  /// `quick_check` skips those of tables without row ids. The schema must be checked first. `checkNumbers` checks
  /// numbers and digits, the largest tables.
  ///
  /// One pass over each table costs less than checking each row when it is copied, so these checks are off during the
  /// merge.
  func checkConstraints(_ db: Database) throws {
    let tables = try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    try checkConstraints(of: tables.filter { !["numbers", "digits"].contains($0) }, db)
  }

  /// Throws if a row of the given tables violates a constraint of its table. Tables that an earlier schema lacks have
  /// no rows.
  func checkConstraints(of tables: [String], _ db: Database) throws {
    for table in tables {
      let statement = try String.fetchOne(
        db, sql: "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", arguments: [table])
      let conditions = Shard.conditions(in: statement ?? "")
      guard !conditions.isEmpty else { continue }
      let broken = conditions.map { "NOT (\($0))" }.joined(separator: " OR ")
      if try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM \(table) WHERE \(broken))") == true {
        throw StoreError.damaged(shard: path, "a row of the table \(table) breaks its constraints")
      }
    }
  }

  /// The conditions of the CHECK constraints in a CREATE TABLE statement.
  private static func conditions(in statement: String) -> [String] {
    statement.components(separatedBy: "CHECK (").dropFirst().map { text in
      var (depth, isQuoted) = (1, false)
      return String(
        text.prefix { character in
          if character == "'" { isQuoted.toggle() }
          if !isQuoted { depth += character == "(" ? 1 : character == ")" ? -1 : 0 }
          return depth > 0
        })
    }
  }
}
