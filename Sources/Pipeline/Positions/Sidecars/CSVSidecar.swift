import StreetCore

/// A table of positions: CSV as in RFC 4180, whose first line names the columns.
enum CSVSidecar {
  private static let separators: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]

  /// Reads a table; nil if its first line does not name `image` and at least one value.
  static func read(_ bytes: [UInt8], _ origin: GeotagOrigin) throws(SidecarFault) -> SidecarReading? {
    let text = unmarked(bytes)
    guard let (separator, columns) = header(text) else { return nil }
    if let twice = Dictionary(grouping: columns, by: \.self).first(where: { $0.value.count > 1 && isKnown($0.key) }) {
      throw SidecarFault(.malformed, "the column `\(twice.key)` occurs twice", line: 1)
    }
    var (entries, faults) = ([SidecarEntry](), [SidecarFault]())
    var reader = CSVRecords(text, separator: separator)
    _ = reader.next()
    while let record = reader.next() {
      do throws(SidecarFault) {
        guard let cells = record.cells else {
          throw SidecarFault(.malformed, "a quote is not closed, or is followed by other text", line: record.line)
        }
        if cells == [""] { continue }
        guard cells.count == columns.count else {
          throw SidecarFault(
            .malformed, "it has \(cells.count) cells, but the first line has \(columns.count)", line: record.line)
        }
        let fields = Dictionary(zip(columns, cells)) { first, _ in first }
        if let entry = try SidecarFields(fields, line: record.line, origin).entry() { entries.append(entry) }
      } catch {
        faults.append(error)
      }
    }
    return SidecarReading(content: .entries(entries), faults: faults)
  }

  private static func isKnown(_ column: String) -> Bool {
    column == SidecarFields.image || SidecarFields.values.contains(column)
  }

  /// The names in the first line in lower case, at the separator that makes most columns; nil if it is no text, or one name.
  static func columns(of bytes: [UInt8]) -> [String]? {
    let columns = separators.map { separator -> [String] in
      var reader = CSVRecords(unmarked(bytes), separator: separator)
      return reader.next()?.cells?.map { $0.trimmed.lowercased() } ?? []
    }.max { $0.count < $1.count }
    guard let columns, columns.count > 1, !columns.contains(where: { $0.contains("\u{FFFD}") || $0.contains("\0") })
    else { return nil }
    return columns
  }

  /// The bytes after the byte order mark.
  private static func unmarked(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    return bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
  }

  /// The separator in the first line, and the names of the columns in lower case.
  private static func header(_ text: ArraySlice<UInt8>) -> (UInt8, [String])? {
    for separator in separators {
      var reader = CSVRecords(text, separator: separator)
      let columns = reader.next()?.cells?.map { $0.trimmed.lowercased() } ?? []
      if columns.contains(SidecarFields.image), columns.contains(where: SidecarFields.values.contains) {
        return (separator, columns)
      }
    }
    return nil
  }
}

/// Iterates over the records of a table.
struct CSVRecords: IteratorProtocol {
  /// A record of a table.
  struct Record {
    /// The number of its first line, from 1.
    let line: Int
    /// The cells; nil if a quote is not closed.
    let cells: [String]?
  }

  private var rest: ArraySlice<UInt8>
  private let separator: UInt8
  private var line = 1

  init(_ bytes: ArraySlice<UInt8>, separator: UInt8) { (rest, self.separator) = (bytes, separator) }

  mutating func next() -> Record? {
    guard !rest.isEmpty else { return nil }
    let start = line
    var cells: [String] = []
    while true {
      guard let cell = cell() else {
        rest = rest.drop { $0 != UInt8(ascii: "\n") }.dropFirst()
        line += 1
        return Record(line: start, cells: nil)
      }
      cells.append(cell)
      guard let end = rest.popFirst() else { return Record(line: start, cells: cells) }
      if end == separator { continue }
      if end == UInt8(ascii: "\r"), rest.first == UInt8(ascii: "\n") { rest.removeFirst() }
      line += 1
      return Record(line: start, cells: cells)
    }
  }

  /// The next cell, with its terminator; nil if its quote is not closed or is followed by other text.
  private mutating func cell() -> String? {
    func isEnd(_ byte: UInt8) -> Bool {
      byte == separator || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
    guard rest.first == UInt8(ascii: "\"") else {
      let cell = rest.prefix { !isEnd($0) }
      rest = rest[cell.endIndex...]
      return String(decoding: cell, as: UTF8.self)
    }
    rest.removeFirst()
    var cell: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\n") { line += 1 }
      guard byte == UInt8(ascii: "\"") else {
        cell.append(byte)
        continue
      }
      if rest.first == UInt8(ascii: "\"") {
        cell.append(byte)
        rest.removeFirst()
      } else {
        return rest.first.map(isEnd) ?? true ? String(decoding: cell, as: UTF8.self) : nil
      }
    }
    return nil
  }
}
