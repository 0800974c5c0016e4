import Foundation
import GRDB
import StreetCore

/// The CHECK constraints of the tables.
extension Shard {
  /// Throws where a row breaks a constraint of its table: a shard may have been written without them, and `quick_check` passes over
  /// those of tables without row ids. The schema has to be checked before. `checkNumbers` looks at those of digits, by far the largest
  /// table, in a fifth of the time.
  ///
  /// One pass over each table costs less than to check each row that is taken over, which is not done again therefore.
  func checkConstraints(_ db: Database) throws {
    let tables = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name <> 'digits' ORDER BY name"
    for table in try Row.fetchAll(db, sql: tables) {
      let conditions = Shard.conditions(in: try table.text(1))
      guard !conditions.isEmpty else { continue }
      let broken = conditions.map { "NOT (\($0))" }.joined(separator: " OR ")
      if try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM \(table.text(0)) WHERE \(broken))") == true {
        throw StoreError.damaged(shard: path, "a row of the table \(try table.text(0)) breaks its constraints")
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
