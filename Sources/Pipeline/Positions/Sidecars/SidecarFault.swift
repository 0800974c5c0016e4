/// An error in a sidecar, or in one of its lines.
public struct SidecarFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// The stable error ids for sidecars.
  public struct Code: RawRepresentable, Sendable, Hashable {
    /// The id as scripts see it.
    public let rawValue: String

    /// A code from its id.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The file does not exist.
    public static let missing = Code(rawValue: "positions.missing")
    /// The user has no permission to read the file.
    public static let permission = Code(rawValue: "positions.permission")
    /// The system reported an error in reading.
    public static let unreadable = Code(rawValue: "positions.unreadable")
    /// The file is not a sidecar, or a line is invalid.
    public static let malformed = Code(rawValue: "positions.malformed")
    /// The file names no existing picture, or its track covers no picture's time.
    public static let noMatch = Code(rawValue: "positions.no_match")
    /// A name in the file matches several pictures, or another picture than the one it was written for.
    public static let ambiguous = Code(rawValue: "positions.ambiguous")
    /// Two statements of one kind differ in place, direction or time.
    public static let conflict = Code(rawValue: "positions.conflict")
  }

  /// The error's id.
  public let code: Code
  /// What is wrong and what to do, in one sentence.
  public let message: String
  /// The number of the invalid line, from 1; nil if there is no single one.
  public let line: Int?
  /// The path of the file.
  public var path: String

  /// A fault from its parts.
  package init(_ code: Code, _ message: String, line: Int? = nil, path: String = "") {
    (self.code, self.message, self.line, self.path) = (code, message, line, path)
  }

  /// The path, the line, the message, and the id in parentheses.
  public var description: String { "\(path): \(line.map { "line \($0): " } ?? "")\(message) (\(code.rawValue))" }
}
