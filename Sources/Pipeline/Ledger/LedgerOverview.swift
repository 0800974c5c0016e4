import GRDB

/// The content of a report on a database, or on what was read since a time: counts, members that were not read with
/// reasons, the distribution of confidences, and durations. As in queries, only the newest set of each source counts.
package struct LedgerOverview: Sendable, Equatable {
  /// The number of members with one reason.
  package struct ReasonCount: Sendable, Equatable {
    /// The reason's id.
    package let id: String
    /// Whether the members were rejected, as opposed to ignored.
    package let isRejected: Bool
    /// The number of members.
    package let count: Int

    /// A count from its parts.
    package init(id: String, isRejected: Bool, count: Int) {
      (self.id, self.isRejected, self.count) = (id, isRejected, count)
    }
  }

  /// A source or member that was not read, or not completely.
  package struct Failure: Sendable, Equatable {
    /// The source's name.
    package let source: String
    /// The member name; nil for the source itself.
    package let member: String?
    /// The reason's id and message.
    package let reason, message: String

    /// A failure from its parts.
    package init(source: String, member: String?, reason: String, message: String) {
      (self.source, self.member, self.reason, self.message) = (source, member, reason, message)
    }
  }

  /// A run of the program.
  package struct PastRun: Sendable, Equatable {
    /// The command.
    package let command: String
    /// When it started, in UTC, ISO 8601.
    package let startedAt: String
    /// The duration in seconds; nil if it has not ended.
    package let seconds: Double?
    /// The exit code; nil if it has none.
    package let exitCode: Int?
  }

  /// The number of sources that were read to their end or to an error.
  package var completeSources = 0
  /// The number of other sources.
  package var unfinishedSources = 0
  /// The number of members in each state.
  package var members = MemberCounts()
  /// The pixels of all pictures that were read.
  package var pixels = 0.0
  /// The time in seconds in which the complete sources were read: between their starts and ends, as far as runs that read
  /// sources were in progress, not counted twice where sources or runs overlap. A source that was begun before the time
  /// since which things are summarised is left out.
  package var seconds = 0.0
  /// The number of pictures in these sources.
  package var timedPictures = 0
  /// The reasons for members that were not read, most frequent first.
  package var reasons: [ReasonCount] = []
  /// The first rejected members and incomplete sources.
  package var failures: [Failure] = []
  /// The number of numbers in each twentieth of the confidence from 0 to 1.
  package var histogram = Array(repeating: 0, count: 20)
  /// The last runs, latest first.
  package var runs: [PastRun] = []

  /// The maximum number of failures listed.
  package static let maximumFailures = 100
  static let maximumRuns = 12

  /// The number of numbers with at least the given confidence in 1/10,000, which must be a multiple of a twentieth.
  package func numbers(from confidence: Int) -> Int { histogram.dropFirst(confidence / 500).reduce(0, +) }
}

extension Store {
  /// Summarises the database, or what was read since a time (UTC, ISO 8601); costs reading all of it.
  package func overview(since: String? = nil) throws(StoreError) -> LedgerOverview {
    try read { db in
      var overview = LedgerOverview()
      let sets = """
        \(try Self.newestSets(db)),
        sets AS (
          SELECT newest.id AS set_id, sources.name AS source, state, reason, message, started_at, completed_at
          FROM newest JOIN result_sets USING (id) JOIN sources ON sources.id = newest.source_id
          WHERE place = 1 AND kind <> 'stream' AND coalesce(completed_at, started_at) >= ?
        )
        """
      func rows(_ sql: String) throws -> [Row] {
        try Row.fetchAll(db, sql: sets + "\n" + sql, arguments: [since ?? ""])
      }
      let runs = try Self.schemaVersion(db) > 1 ? Self.readingTimes(db) : []
      try Self.addSources(rows, since: since, runs, to: &overview)
      try Self.addMembers(rows, to: &overview)
      for row in try rows(
        """
        SELECT min(confidence / 500, 19), count(*) FROM sets JOIN numbers ON numbers.result_set_id = set_id GROUP BY 1
        """)
      {
        overview.histogram[try row.integer(0, in: 0...19)] = try row.integer(1, in: 0...Int.max)
      }
      if try Self.schemaVersion(db) > 1 { overview.runs = try Self.pastRuns(db) }
      return overview
    }
  }

  private static func addSources(
    _ rows: (String) throws -> [Row], since: String?, _ runs: [ReadingTime], to overview: inout LedgerOverview
  ) throws {
    var spans: [ReadingTime] = []
    let times = "\(seconds("started_at")), \(seconds("completed_at"))"
    let columns = "source, state, reason, message, \(times), done, started_at"
    for row in try rows(
      """
      SELECT \(columns) FROM sets JOIN (
        SELECT result_set_id, sum(state = 'done') AS done FROM members GROUP BY result_set_id
      ) ON result_set_id = set_id
      UNION ALL
      SELECT \(columns.replacing("done", with: "0")) FROM sets
      WHERE NOT EXISTS (SELECT 1 FROM members WHERE result_set_id = set_id)
      ORDER BY 1
      """)
    {
      let isComplete = try row.text(1) == "complete"
      overview.completeSources += isComplete ? 1 : 0
      overview.unfinishedSources += isComplete ? 0 : 1
      if isComplete, let start = Double.fromDatabaseValue(row[4]), let end = Double.fromDatabaseValue(row[5]),
        start <= end, try row.text(7) >= since ?? ""
      {
        spans += ReadingTime(start: start, end: end).parts(during: runs)
        overview.timedPictures += try row.amount(6)
      }
      if let reason = try row.optionalText(2), overview.failures.count < LedgerOverview.maximumFailures {
        overview.failures.append(
          LedgerOverview.Failure(source: try row.text(0), member: nil, reason: reason, message: try row.text(3)))
      }
    }
    overview.seconds = ReadingTime.merged(spans).reduce(0) { $0 + $1.seconds }
  }

  /// When runs read sources, merged and in order; a run that was killed, until its last heartbeat.
  private static func readingTimes(_ db: Database) throws -> [ReadingTime] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT \(seconds("started_at")), \(seconds("coalesce(ended_at, heartbeat_at)")) FROM runs
        WHERE command IN ('ingest', 'nightly', 'retry')
        """)
    return ReadingTime.merged(
      rows.compactMap { row in
        guard let start = Double.fromDatabaseValue(row[0]), let end = Double.fromDatabaseValue(row[1]), start <= end
        else { return nil }
        return ReadingTime(start: start, end: end)
      })
  }

  /// SQL for the seconds since 1970 of a time.
  private static func seconds(_ time: String) -> String { "(julianday(\(time)) - 2440587.5) * 86400" }

  private static func addMembers(_ rows: (String) throws -> [Row], to overview: inout LedgerOverview) throws {
    for row in try rows(
      """
      SELECT members.state, members.reason, count(*), total(CAST(width AS REAL) * height)
      FROM sets JOIN members ON result_set_id = set_id WHERE members.state <> 'pending' GROUP BY 1, 2 ORDER BY 3 DESC, 2
      """)
    {
      let (state, count) = (try row.text(0), try row.integer(2, in: 0...Int.max))
      overview.pixels += Double.fromDatabaseValue(row[3]) ?? 0
      switch state {
      case "done": overview.members.done += count
      case "rejected": overview.members.rejected += count
      default: overview.members.ignored += count
      }
      guard let reason = try row.optionalText(1) else { continue }
      overview.reasons.append(
        LedgerOverview.ReasonCount(id: reason, isRejected: state == "rejected", count: count))
    }
    let left = LedgerOverview.maximumFailures - overview.failures.count
    for row in try rows(
      """
      SELECT source, members.name, members.reason, members.message FROM sets JOIN members ON result_set_id = set_id
      WHERE members.state = 'rejected' ORDER BY source, ordinal LIMIT \(left)
      """)
    {
      overview.failures.append(
        LedgerOverview.Failure(
          source: try row.text(0), member: try row.text(1), reason: try row.text(2), message: try row.text(3)))
    }
  }

  static func pastRuns(_ db: Database) throws -> [LedgerOverview.PastRun] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT command, started_at, (julianday(ended_at) - julianday(started_at)) * 86400, exit_code FROM runs
        ORDER BY id DESC LIMIT \(LedgerOverview.maximumRuns)
        """
    ).map { row in
      LedgerOverview.PastRun(
        command: try row.text(0), startedAt: try row.text(1), seconds: Double.fromDatabaseValue(row[2]),
        exitCode: Int.fromDatabaseValue(row[3]))
    }
  }
}
