/// What is wrong with a file that states positions, or with a line of it.
public struct SidecarFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// Stable ids of what can be wrong.
  public struct Code: RawRepresentable, Sendable, Hashable {
    /// The id as scripts see it.
    public let rawValue: String

    /// A code from its id.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// There is no such file.
    public static let missing = Code(rawValue: "positions.missing")
    /// No permission to read it.
    public static let permission = Code(rawValue: "positions.permission")
    /// The system failed to read it.
    public static let unreadable = Code(rawValue: "positions.unreadable")
    /// It is of no kind that states positions, or a line of it is wrong.
    public static let malformed = Code(rawValue: "positions.malformed")
    /// It names no picture that there is, or its track has no time of one.
    public static let noMatch = Code(rawValue: "positions.no_match")
    /// A name in it stands for several pictures, or for another than it was written for.
    public static let ambiguous = Code(rawValue: "positions.ambiguous")
    /// Two statements of one kind are of different places, directions or times.
    public static let conflict = Code(rawValue: "positions.conflict")
  }

  /// Which kind of fault.
  public let code: Code
  /// What is wrong and what to do, one sentence.
  public let message: String
  /// The line that is wrong, from 1; nil where it is no single one.
  public let line: Int?
  /// The file.
  public var path: String

  /// A fault from its parts.
  package init(_ code: Code, _ message: String, line: Int? = nil, path: String = "") {
    (self.code, self.message, self.line, self.path) = (code, message, line, path)
  }

  /// File, line, sentence and id.
  public var description: String { "\(path): \(line.map { "line \($0): " } ?? "")\(message) (\(code.rawValue))" }
}
