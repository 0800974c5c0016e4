/// A run of the program that works on a database, as its ledger knows it.
public struct Run: Sendable, Hashable {
  /// Names the run inside this database.
  public let id: Int64
  /// The machine's name.
  public let host: String
  /// The process.
  public let process: ProcessIdentity
  /// When it began, UTC, ISO 8601.
  public let startedAt: String
  /// When it last showed that it moves, UTC, ISO 8601.
  public let heartbeatAt: String

  /// Who it is and since when: for messages.
  public var description: String {
    "process \(process.number) on \(host), since \(startedAt), last heard of \(heartbeatAt)"
  }
}

/// What a run gets that wants to read a source.
public enum Claim: Sendable {
  /// The result set is this run's until it is complete, or the run ends.
  case granted(ResultSet)
  /// Another run that is alive, or can't be looked at from here, is reading the source.
  case held(by: Run)
}
