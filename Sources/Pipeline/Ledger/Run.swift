/// A run of the program that works on a database, as its ledger knows it.
package struct Run: Sendable, Hashable {
  /// Names the run inside this database.
  package let id: Int64
  /// The machine's name.
  package let host: String
  /// The process.
  package let process: ProcessIdentity
  /// When it began, UTC, ISO 8601.
  package let startedAt: String
  /// When it last showed that it moves, UTC, ISO 8601.
  package let heartbeatAt: String

  /// Who it is and since when: for messages.
  package var description: String {
    "process \(process.number) on \(host), since \(startedAt), last heard of \(heartbeatAt)"
  }
}

/// What a run gets that wants to read a source.
package enum Claim: Sendable {
  /// The result set is this run's until it is complete, or the run ends.
  case granted(ResultSet)
  /// Another run that is alive, or can't be looked at from here, is reading the source.
  case held(by: Run)
}
