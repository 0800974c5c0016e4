import Pipeline
import Testing

@Suite("What a report says of a database")
struct LedgerOverviewTests {
  private let store: Store
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.open(path: folder.database, mode: .write)
  }

  private func rejected(_ ordinal: Int) -> MemberOutcome {
    MemberOutcome(
      ordinal: ordinal, name: "\(ordinal).png", byteCount: 1, sha256: nil, offset: nil, state: .rejected(notAnImage))
  }

  @Test("Counts, reasons, failures and the histogram are those of each source's newest set")
  func counts() throws {
    var later = method
    later.modelID = digest("b")
    try store.add(archive("a.tar", "1"), [done(0, [number("1", 100)]), rejected(1)])
    try store.add(
      archive("a.tar", "1"), [done(0, [number("1", 9_999), number("2", 5_000, top: 50)]), rejected(1)], method: later)
    try store.add(
      archive("b.tar", "2"),
      [
        MemberOutcome(ordinal: 0, name: "r.txt", byteCount: 1, sha256: nil, offset: nil, state: .ignored(readme)),
        rejected(1), done(2, [number("3", 10_000), number("4", 499, top: 50)]),
      ], complete: false)
    let overview = try store.overview()
    #expect(overview.completeSources == 1 && overview.unfinishedSources == 1)
    #expect(overview.members.done == 2 && overview.members.rejected == 2 && overview.members.ignored == 1)
    #expect(overview.pixels == 2 * 640 * 480)
    #expect(overview.timedPictures == 1 && overview.seconds >= 0)
    #expect(
      overview.reasons == [
        .init(id: notAnImage.id, isRejected: true, count: 2), .init(id: readme.id, isRejected: false, count: 1),
      ])
    #expect(overview.failures.map(\.member) == ["1.png", "1.png"])
    #expect(overview.failures.map(\.source) == ["a.tar", "b.tar"])
    #expect(overview.histogram.enumerated().filter { $0.element > 0 }.map(\.offset) == [0, 10, 19])
    #expect(overview.numbers(from: 5_000) == 3 && overview.numbers(from: 9_000) == 2)
    #expect(try store.overview(since: "9999-01-01T00:00:00.000Z").members.total == 0)
  }

  @Test("A source that is not whole is named with its reason")
  func endings() throws {
    let set = try store.begin(archive("a.tar", "1"), method: method)
    try store.complete(set, memberCount: 0, ending: notAnImage)
    let overview = try store.overview()
    #expect(overview.completeSources == 1 && overview.members.total == 0)
    #expect(
      overview.failures == [
        .init(source: "a.tar", member: nil, reason: notAnImage.id, message: notAnImage.message)
      ])
  }

  /// Stores a complete source with a picture, which was read at these times of a day.
  private func add(_ name: String, _ letter: Character, _ start: String, _ end: String) throws {
    try store.add(archive(name, letter), [done(0, [])])
    try folder.damage(
      """
      UPDATE result_sets SET started_at = '\(start)', completed_at = '\(end)'
      WHERE source_id = (SELECT id FROM sources WHERE name = '\(name)')
      """)
  }

  /// Stores a run between two times.
  private func addRun(_ command: String, _ start: String, _ end: String) throws {
    try folder.damage(
      """
      INSERT INTO runs (command, host, process_id, process_mark, tool_version, started_at, heartbeat_at, ended_at, exit_code)
      VALUES ('\(command)', 'host', 1, 'mark', '1.0', '\(start)', '\(end)', '\(end)', 0)
      """)
  }

  @Test("The time of reading is that of the runs: neither the week in which nothing ran nor an hour twice")
  func time() throws {
    try add("a.tar", "1", "2026-01-01T00:00:10.000Z", "2026-01-08T00:00:20.000Z")
    try addRun("ingest", "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:40.000Z")
    try addRun("backup", "2026-01-03T00:00:00.000Z", "2026-01-03T01:00:00.000Z")
    try addRun("retry", "2026-01-08T00:00:00.000Z", "2026-01-08T00:01:00.000Z")
    #expect(abs(try store.overview().seconds - 50) < 0.01)
    // At the same time as the end of the first.
    try add("b.tar", "2", "2026-01-08T00:00:10.000Z", "2026-01-08T00:00:50.000Z")
    #expect(abs(try store.overview().seconds - 80) < 0.01)
    // Read elsewhere, and merged.
    try add("c.tar", "3", "2026-02-01T00:00:00.000Z", "2026-02-01T00:00:05.000Z")
    var overview = try store.overview()
    #expect(abs(overview.seconds - 85) < 0.01 && overview.timedPictures == 3)
    overview = try store.overview(since: "2026-01-08T00:00:00.000Z")
    #expect(overview.completeSources == 3 && overview.timedPictures == 2 && abs(overview.seconds - 45) < 0.01)
  }

  @Test("A run that died after the last picture, before its next beat, counts until then")
  func killed() throws {
    try store.startRun("ingest")
    let set = try store.begin(archive("a.tar", "1"), method: method)
    try store.commit([done(0, [])], to: set)
    try folder.damage(
      """
      UPDATE result_sets SET started_at = '2026-01-01T00:00:00.000Z';
      UPDATE runs SET started_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-5 seconds'),
        heartbeat_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-4 seconds')
      """)
    try store.complete(set, memberCount: 1)
    let seconds = try store.overview().seconds
    #expect(seconds > 4 && seconds < 60)
  }

  @Test("The last runs come first")
  func runs() throws {
    for command in ["ingest", "nightly"] {
      try store.startRun(command)
      try store.endRun(exitCode: 3)
    }
    let runs = try store.overview().runs
    #expect(runs.map(\.command) == ["nightly", "ingest"])
    #expect(runs.allSatisfy { $0.exitCode == 3 && ($0.seconds ?? -1) >= 0 })
  }
}
