/// Why a source can't be read at all, or no further.
public struct SourceError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Stable ids of what can be wrong with a source.
  public struct Code: RawRepresentable, Sendable, Hashable {
    /// The id as scripts see it.
    public let rawValue: String

    /// A code from its id.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// There is no such file.
    public static let missing = Code(rawValue: "source.missing")
    /// No permission to read it.
    public static let permission = Code(rawValue: "source.permission")
    /// The system failed to read it.
    public static let unreadable = Code(rawValue: "source.unreadable")
    /// Neither an archive nor a picture.
    public static let notAnArchive = Code(rawValue: "archive.not_an_archive")
    /// An archive without a member.
    public static let empty = Code(rawValue: "archive.empty")
    /// The archive ends inside a member or a header.
    public static let truncated = Code(rawValue: "archive.truncated")
    /// Headers that make no sense, or a checksum that is wrong.
    public static let damaged = Code(rawValue: "archive.damaged")
    /// More than one compression around it.
    public static let filters = Code(rawValue: "archive.too_many_filters")
    /// It produces far more than it holds.
    public static let ratio = Code(rawValue: "archive.ratio")
    /// More members than the limit.
    public static let members = Code(rawValue: "archive.too_many_members")
  }

  /// Which kind of fault.
  public let code: Code
  /// What is wrong and what to do, one sentence.
  public let message: String
  /// The source's path.
  public let path: String

  /// An error from its parts.
  public init(_ code: Code, _ message: String, path: String) {
    self.code = code
    self.message = message
    self.path = path
  }

  /// Path, sentence and id.
  public var description: String { "\(path): \(message) (\(code.rawValue))" }
}
