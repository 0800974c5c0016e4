import GRDB

/// Rows of integers, where millions are read: a `Row` asks for the type of each value, which takes twice as long.
struct IntegerRows {
  private let statement: Statement
  private let rows: FastDatabaseValueCursor<Int64>

  /// The rows that a query gives, whose first column is never null.
  init(_ sql: String, _ db: Database) throws {
    statement = try db.makeStatement(sql: sql)
    rows = try Int64.fetchCursor(statement)
  }

  /// Goes to the first row, or from a row to the next; false behind the last.
  func advance() throws -> Bool { try rows.next() != nil }

  /// A value of the row, by its column; 0 where it is null.
  subscript(column: CInt) -> Int64 { Int64(sqliteStatement: statement.sqliteStatement, index: column) }
}
