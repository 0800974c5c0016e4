/// An error of a database: a stable code, a message with the way out, and the file.
public struct StoreError: Error, Sendable, Hashable {
  /// A stable error id; later versions may add ids.
  public struct Code: RawRepresentable, Sendable, Hashable {
    /// The id, such as `store.busy`; scripts may rely on it.
    public let rawValue: String

    /// A code from its id.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Matches the code of an error in a `catch` clause.
    public static func ~= (code: Code, error: any Error) -> Bool {
      (error as? StoreError)?.code == code
    }

    /// The database to be read does not exist.
    public static let missing = Code(rawValue: "store.missing")
    /// A newer version of the program created it.
    public static let newerSchema = Code(rawValue: "store.newer_schema")
    /// An older version of the program created it, and it was opened for reading, which does not migrate.
    public static let olderSchema = Code(rawValue: "store.older_schema")
    /// Another run holds it.
    public static let busy = Code(rawValue: "store.busy")
    /// The disk is full, or a limit on file size is reached.
    public static let full = Code(rawValue: "store.full")
    /// The system reported an error in reading or writing it.
    public static let io = Code(rawValue: "store.io")
    /// The user has no permission to read or write it.
    public static let permission = Code(rawValue: "store.permission")
    /// The system has no more file descriptors or memory.
    public static let shortage = Code(rawValue: "store.shortage")
    /// It can't be created at the path.
    public static let cannotCreate = Code(rawValue: "store.cannot_create")
    /// It contains invalid data.
    public static let damaged = Code(rawValue: "store.damaged")
    /// It is a file of another kind, or another program's database.
    public static let notADatabase = Code(rawValue: "store.not_a_database")
    /// An internal error of the program.
    public static let `internal` = Code(rawValue: "store.internal")
  }

  /// The error's code.
  public let code: Code
  /// What happened, to which file, and what to do: one sentence.
  public let message: String
  /// The path of the database.
  public let path: String

  /// An error from its parts.
  package init(code: Code, message: String, path: String) {
    self.code = code
    self.message = message
    self.path = path
  }
}
