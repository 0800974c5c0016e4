import DigitNet
import GRDB

/// Values of the expected type, or damage: SQLite stores types per value, not per column, and its own conversions would
/// turn a text into the number 0.
extension Row {
  func integer(_ column: Int, in range: ClosedRange<Int>) throws(Damage) -> Int {
    let value: DatabaseValue = self[column]
    guard case .int64(let number) = value.storage, let number = Int(exactly: number), range.contains(number)
    else { throw Damage(description: "\(name(column)) is \(value)") }
    return number
  }

  package func text(_ column: Int) throws(Damage) -> String {
    let value: DatabaseValue = self[column]
    guard case .string(let text) = value.storage else {
      throw Damage(description: "\(name(column)) is \(value)")
    }
    return text
  }

  func optionalText(_ column: Int) throws(Damage) -> String? {
    let value: DatabaseValue = self[column]
    return value.isNull ? nil : try text(column)
  }

  func optionalInteger(_ column: Int) throws(Damage) -> Int? {
    let value: DatabaseValue = self[column]
    return value.isNull ? nil : try integer(column, in: 0...Int.max)
  }

  /// The maximum of an ordinal, and of a number of rows or bytes: more than there can be, and so few that sums do not
  /// overflow.
  static let largestAmount = 1 << 56

  /// An ordinal, or a number of rows or bytes, which may be added to others.
  func amount(_ column: Int) throws(Damage) -> Int { try integer(column, in: 0...Row.largestAmount) }

  /// An amount; nil if the column is null.
  func optionalAmount(_ column: Int) throws(Damage) -> Int? {
    let value: DatabaseValue = self[column]
    return value.isNull ? nil : try amount(column)
  }

  /// The result of SQL's `total` over amounts, which is a real number.
  func total(_ column: Int) throws(Damage) -> Int {
    let value: DatabaseValue = self[column]
    guard case .double(let sum) = value.storage, 0...Double(Row.largestAmount) ~= sum
    else { throw Damage(description: "\(name(column)) is \(value)") }
    return Int(sum)
  }

  /// A width or height in pixels.
  func side(_ column: Int) throws(Damage) -> Int { try integer(column, in: 1...Int(Int32.max)) }

  /// A box whose left, top, width and height are in the columns from one on.
  func box(_ column: Int) throws(Damage) -> Box {
    Box(
      left: try integer(column, in: 0...Int(Int32.max)),
      top: try integer(column + 1, in: 0...Int(Int32.max)),
      width: try side(column + 2), height: try side(column + 3))
  }

  private func name(_ column: Int) -> String { Array(columnNames)[column] }
}
