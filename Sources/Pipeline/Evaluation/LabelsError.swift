/// Why labels can't be used.
package struct LabelsError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Stable ids of what can be wrong with labels.
  package struct Code: RawRepresentable, Sendable, Hashable {
    /// The id as scripts see it.
    package let rawValue: String

    /// A code from its id.
    package init(rawValue: String) { self.rawValue = rawValue }

    /// There is no such file.
    package static let missing = Code(rawValue: "labels.missing")
    /// No permission to read it.
    package static let permission = Code(rawValue: "labels.permission")
    /// The system failed to read it.
    package static let unreadable = Code(rawValue: "labels.unreadable")
    /// A line is no label, or the file has none.
    package static let malformed = Code(rawValue: "labels.malformed")
    /// None of them names a picture that there is.
    package static let noMatch = Code(rawValue: "labels.no_match")
  }

  /// Which kind of fault.
  package let code: Code
  /// What is wrong and what to do, one sentence.
  package let message: String
  /// The line that is wrong, from 1; nil where it is no single one.
  package let line: Int?
  /// The file; nil for labels that come from none.
  package var path: String?

  /// An error from its parts.
  package init(_ code: Code, _ message: String, line: Int? = nil, path: String? = nil) {
    self.code = code
    self.message = message
    self.line = line
    self.path = path
  }

  /// File, line, sentence and id.
  package var description: String {
    "\(path.map { "\($0): " } ?? "")\(line.map { "line \($0): " } ?? "")\(message) (\(code.rawValue))"
  }
}
