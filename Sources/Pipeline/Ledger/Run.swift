/// A run of the program on a database, as recorded in the ledger.
package struct Run: Sendable, Hashable {
  /// The id of the run in this database.
  package let id: Int64
  /// The machine's name.
  package let host: String
  /// The process.
  package let process: ProcessIdentity
  /// When it started, in UTC, ISO 8601.
  package let startedAt: String
  /// The time of its last heartbeat, in UTC, ISO 8601.
  package let heartbeatAt: String

  /// The process, the host and the times, for messages.
  package var description: String {
    "process \(process.number) on \(host), since \(startedAt), last heard of \(heartbeatAt)"
  }
}

/// The result of a run's attempt to claim a source.
package enum Claim: Sendable {
  /// The result set belongs to this run until it is complete, or the run ends.
  case granted(ResultSet)
  /// Another run is reading the source; it is alive, or can't be examined from here.
  case held(by: Run)
}
