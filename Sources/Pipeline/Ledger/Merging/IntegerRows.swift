import GRDB

/// Rows of integers, for reading millions of them: a `Row` checks the type of each value, which takes twice as long.
struct IntegerRows {
  private let statement: Statement
  private let rows: FastDatabaseValueCursor<Int64>

  /// Runs a query whose first column is never null.
  init(_ sql: String, _ db: Database) throws {
    statement = try db.makeStatement(sql: sql)
    rows = try Int64.fetchCursor(statement)
  }

  /// Moves to the first or the next row; false after the last.
  func advance() throws -> Bool { try rows.next() != nil }

  /// The value in a column of the row; 0 if it is null.
  subscript(column: CInt) -> Int64 { Int64(sqliteStatement: statement.sqliteStatement, index: column) }
}
