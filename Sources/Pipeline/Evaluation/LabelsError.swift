/// Why labels can't be used.
package struct LabelsError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The stable error ids for labels.
  package struct Code: RawRepresentable, Sendable, Hashable {
    /// The id as scripts see it.
    package let rawValue: String

    /// A code from its id.
    package init(rawValue: String) { self.rawValue = rawValue }

    /// The file does not exist.
    package static let missing = Code(rawValue: "labels.missing")
    /// The user has no permission to read the file.
    package static let permission = Code(rawValue: "labels.permission")
    /// The system reported an error in reading.
    package static let unreadable = Code(rawValue: "labels.unreadable")
    /// A line is not a label, or the file has no labels.
    package static let malformed = Code(rawValue: "labels.malformed")
    /// No label matches a picture.
    package static let noMatch = Code(rawValue: "labels.no_match")
  }

  /// The error's id.
  package let code: Code
  /// What is wrong and what to do, in one sentence.
  package let message: String
  /// The number of the invalid line, from 1; nil if there is no single one.
  package let line: Int?
  /// The path of the file; nil for labels that are not from a file.
  package var path: String?

  /// An error from its parts.
  package init(_ code: Code, _ message: String, line: Int? = nil, path: String? = nil) {
    self.code = code
    self.message = message
    self.line = line
    self.path = path
  }

  /// The path, the line, the message, and the id in parentheses.
  package var description: String {
    "\(path.map { "\($0): " } ?? "")\(line.map { "line \($0): " } ?? "")\(message) (\(code.rawValue))"
  }
}
