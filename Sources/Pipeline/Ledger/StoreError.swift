/// What went wrong with a database: a stable code, a sentence that names the way out, the file.
public struct StoreError: Error, Sendable, Hashable {
  /// A stable id; the set is open, so that a later version may name more.
  public struct Code: RawRepresentable, Sendable, Hashable {
    /// The id, such as `store.busy`; scripts may rely on it.
    public let rawValue: String

    /// A code from its id.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Matches the code of an error in a `catch`.
    public static func ~= (code: Code, error: any Error) -> Bool {
      (error as? StoreError)?.code == code
    }

    /// The database to be read does not exist.
    public static let missing = Code(rawValue: "store.missing")
    /// A newer version of the program made it.
    public static let newerSchema = Code(rawValue: "store.newer_schema")
    /// An older version of the program made it, and reading alone must not migrate it.
    public static let olderSchema = Code(rawValue: "store.older_schema")
    /// Another run holds it.
    public static let busy = Code(rawValue: "store.busy")
    /// No space is left, or a limit on file size is reached.
    public static let full = Code(rawValue: "store.full")
    /// The system could not read or write it.
    public static let io = Code(rawValue: "store.io")
    /// The user may not read or write it.
    public static let permission = Code(rawValue: "store.permission")
    /// The system gives no more descriptors or memory.
    public static let shortage = Code(rawValue: "store.shortage")
    /// It can't be created where it should be.
    public static let cannotCreate = Code(rawValue: "store.cannot_create")
    /// It holds what can't be.
    public static let damaged = Code(rawValue: "store.damaged")
    /// It is another kind of file, or another program's database.
    public static let notADatabase = Code(rawValue: "store.not_a_database")
    /// A mistake of the program's own.
    public static let `internal` = Code(rawValue: "store.internal")
  }

  /// What kind of failure.
  public let code: Code
  /// What happened, to which file, and what to do: one sentence.
  public let message: String
  /// The database.
  public let path: String

  /// An error from its parts.
  package init(code: Code, message: String, path: String) {
    self.code = code
    self.message = message
    self.path = path
  }
}
