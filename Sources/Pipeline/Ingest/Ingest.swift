import Foundation
import StreetArchives
public import StreetCore
public import StreetLedger
public import StreetReading

/// Reads sources into a store, with one reader, one worker per job, one writer, and a limit on the bytes in flight.
///
/// The calling thread is the reader, and the only thread that waits. Members are committed in order and in batches; an
/// interrupted run resumes after the last batch.
public struct Ingest: Sendable {
  /// The destination of outcomes.
  package let store: Store
  /// Reads the numbers in pictures.
  package let reader: NumberReader
  /// The method under which results are stored.
  package let method: ReadingMethod
  /// Jobs, memory and limits.
  package let options: IngestOptions
  /// Stops the run early.
  package let stop: StopSign
  /// Reads, in separate processes, what earlier runs did not survive. Without it, such members are read alone, and
  /// rejected after two such runs; sources are set aside after two.
  package let isolation: Isolation?
  /// Receives events, on any thread.
  package let watch: @Sendable (IngestEvent) -> Void

  /// An ingest from its parts.
  public init(
    store: Store, reader: NumberReader, method: ReadingMethod, options: IngestOptions = IngestOptions(),
    stop: StopSign = StopSign(), watch: @escaping @Sendable (IngestEvent) -> Void = { _ in },
    isolation: Isolation? = nil
  ) {
    self.store = store
    self.reader = reader
    self.method = method
    self.options = options
    self.stop = stop
    self.isolation = isolation
    self.watch = watch
  }

  /// Reads a source to its end, or as far as it can be read.
  ///
  /// Returns the final states of its members. Throws `SourceError` if nothing of it can be read, if it changes during
  /// reading, or if the system reports an error; `StoreError` if an outcome can't be stored, or if another run holds
  /// the source and appears stalled; and `Stopped`. Errors in a member become its outcome. A truncated source keeps the
  /// members before the error, and `ending` has the reason.
  public func run(path: String) throws -> Result {
    let source = try source(path)
    let description = try describe(source)
    let set = try SourceClaim(self, description, source.fingerprint).wait()
    return try runWithSidecars(source, description, set)
  }

  /// Reads a source, but returns nil immediately if another run is reading it.
  package func runUnlessHeld(path: String) throws -> Result? {
    let source = try source(path)
    let description = try describe(source)
    guard let set = try SourceClaim(self, description, source.fingerprint).attempt() else { return nil }
    return try runWithSidecars(source, description, set)
  }

  /// Reads a source, then the sidecars next to it and in it.
  func runWithSidecars(
    _ source: Source, _ description: SourceDescription, _ set: ResultSet, isRetry: Bool = false
  ) throws -> Result {
    var result = try run(source, description, set, isRetry: isRetry)
    if source.kind != .stream {
      result.sidecars = try takeSidecars(of: source, description.identity, hasMore: result.isNew, isRetry: isRetry)
    } else if options.positions.isOn, result.isNew, let identity = result.identity {
      result.sidecars.placed = try store.placedCount(ofSource: identity)
      if result.sidecars.placed > 0 { watch(.positions(source: source.name, result.sidecars)) }
    }
    return result
  }

  /// Reads the rejected members of a source again whose reasons match one of the patterns. Throws `source.changed` if
  /// the file at the path has changed.
  package func retry(_ rejected: Store.RejectedSource, path: String, reasons: [String]) throws -> Result {
    let source = try source(path)
    let description = try describe(source)
    guard try store.isStill(rejected, description, method, fingerprint: source.fingerprint) else {
      let way = rejected.sha256.map { "; `streetnum forget --archive \($0)` removes what the earlier file left" }
      throw SourceError(
        .changed,
        "It has changed since members of it were rejected: give it to `streetnum ingest`\(way ?? "")", path: path)
    }
    let set = try SourceClaim(self, description, source.fingerprint, retry: (rejected, reasons)).wait()
    return try runWithSidecars(source, description, set, isRetry: true)
  }

  /// The source at a path; the database itself is left out of a folder.
  private func source(_ path: String) throws(SourceError) -> Source {
    try Source(path: path, leavingOut: identities(of: store.paths))
  }

  func run(
    _ source: Source, _ description: SourceDescription, _ set: ResultSet, isRetry: Bool = false
  ) throws -> Result {
    guard !set.isComplete else {
      try source.checkUnchanged(whileRead: false)
      return try nothingToDo(source, set)
    }
    Failpoint.sourceClaimed.reach()
    if try store.isOutdated(description) { watch(.readingAgain(source: source.name, .readAgain)) }
    // A source that was set aside waits for a retry, also if an earlier retry did not finish.
    let isSetAside = !isRetry && set.ending?.id == SourceError.Code.crashed.rawValue
    if try isSetAside || isDeadly(source, set) { return try setAside(source, set) }
    do {
      return try read(source, into: set)
    } catch {
      // A stream can't be read again, and the earlier content of a changed file is unknown.
      if source.kind == .stream {
        try? store.discardStream(set)
      } else if (error as? SourceError)?.code == .changed {
        try? store.discard(set)
      }
      throw error
    }
  }

  /// The number of runs that may die while reading a source before the source is examined as the cause.
  static let maximumDeaths = 2

  /// The minimum time limit, in seconds, for reading through a source's members in a separate process, and the
  /// assumed minimum speed in bytes per second.
  private static let (minimumWalk, slowestWalk) = (600.0, 1e6)

  /// Whether reading through a source's members crashes the program. After several runs died while reading it, for
  /// whatever reason, a separate process finds out.
  private func isDeadly(_ source: Source, _ set: ResultSet) throws -> Bool {
    guard source.kind != .stream, set.deaths >= Ingest.maximumDeaths else { return false }
    guard let isolation else { return true }
    let heartbeat = Heartbeat(store)
    defer { heartbeat.stop() }
    return try !isolation.source(source.path, Ingest.minimumWalk + Double(source.byteCount) / Ingest.slowestWalk)
  }

  private func setAside(_ source: Source, _ set: ResultSet) throws -> Result {
    let error = SourceError(
      .crashed,
      "The program crashed more than once while reading it; please report it",
      path: source.path)
    try source.checkUnchanged()
    try store.setAside(set, Reason(error))
    guard set.end > 0 else { throw error }
    return tell(source, Result(counts: try store.refreshed(set).counts, ending: Reason(error), isNew: true))
  }

  private func read(_ source: Source, into set: ResultSet) throws -> Result {
    watch(.started(source: source.name, committed: set.counts.total))
    var ending: SourceError?
    var counts = set.counts
    do {
      var members = try source.reader(limits: options.sources)
      (counts, ending) = try read(&members, into: set)
      try source.checkUnchanged()
      if let ending, counts.total == 0 || !ending.code.isFinal { throw ending }
      if let content = try members.content() {
        let whole = try store.seal(set, sha256: content.sha256, byteCount: content.byteCount)
        Failpoint.streamSealed.reach()
        guard !whole.isComplete else { return try nothingToDo(source, whole) }
        var result = try finish(source, whole, ending)
        result.identity =
          SourceDescription.file(
            .archive, sha256: content.sha256, name: source.name, byteCount: content.byteCount
          ).identity
        return result
      }
      return try finish(source, set, ending)
    } catch let error as SourceError where error.code.isFinal && counts.total == 0 && source.kind != .stream {
      // An empty source is a result as well, if the file is still the one that was hashed.
      try source.checkUnchanged()
      try store.complete(set, memberCount: 0, ending: Reason(error))
      guard isAllowed(error.code) else { throw error }
      return tell(source, Result(counts: MemberCounts(), ending: nil, isNew: true))
    }
  }

  /// Reads members until the end or an error; returns the error and the number of members in each state.
  private func read(
    _ members: inout any SourceReader, into set: ResultSet
  ) throws -> (MemberCounts, SourceError?) {
    let stored = try store.byteCounts(in: set)
    let pipeline = MemberPipeline(self, set)
    var ending: SourceError?
    do throws(SourceError) {
      var ordinal = 0
      while pipeline.failure == nil, !stop.isRaised,
        let member = try members.next(stored: set.lacks(ordinal) ? nil : stored[ordinal])
      {
        if set.lacks(ordinal) { pipeline.take(member, progress: members.progress) }
        ordinal += 1
      }
    } catch {
      ending = error
    }
    let counts = try pipeline.end()
    if stop.isRaised { throw Stopped() }
    return (counts, ending)
  }

  private func finish(_ source: Source, _ set: ResultSet, _ ending: SourceError?) throws -> Result {
    Failpoint.sourceRead.reach()
    let counts = try store.refreshed(set).counts
    try store.complete(set, memberCount: counts.total, ending: ending.map { Reason($0) })
    Failpoint.sourceComplete.reach()
    return tell(source, Result(counts: counts, ending: self.ending(counts, ending.map { Reason($0) }), isNew: true))
  }

  private func nothingToDo(_ source: Source, _ set: ResultSet) throws -> Result {
    if let ending = set.ending, set.counts.total == 0 {
      let error = SourceError(SourceError.Code(rawValue: ending.id), ending.message, path: source.path)
      guard isAllowed(error.code) else { throw error }
      return tell(source, Result(counts: set.counts, ending: nil, isNew: false))
    }
    return tell(source, Result(counts: set.counts, ending: ending(set.counts, set.ending), isNew: false))
  }

  func isAllowed(_ code: SourceError.Code) -> Bool { options.allowEmpty && code == .empty }

  /// Why a source is not complete: its error, or that none of its members could be read.
  func ending(_ counts: MemberCounts, _ ending: Reason?) -> Reason? {
    guard ending == nil, counts.ignored > 0, counts.ignored == counts.total, !options.allowEmpty else { return ending }
    return Reason(
      id: SourceError.Code.noPictures.rawValue,
      message: "It contains no picture that could be read; check what it is, or allow it")
  }

  private func tell(_ source: Source, _ result: Result) -> Result {
    watch(
      .finished(source: source.name, counts: result.counts, ending: result.ending, isNew: result.isNew))
    return result
  }

  /// The result of reading a source.
  public struct Result: Sendable {
    /// The number of members in each state.
    public var counts: MemberCounts
    /// Why the source could not be read to its end; nil if it was.
    public var ending: Reason?
    /// Whether there was anything to do.
    public var isNew: Bool
    /// The report on sidecars next to the source and in it.
    public var sidecars = SidecarReport()
    /// The identity of the archive that a stream became; nil for other sources.
    var identity: String?
    /// Whether all members and all sidecars could be read.
    public var isWhole: Bool { counts.rejected == 0 && ending == nil && sidecars.faults.isEmpty }
  }

  func describe(_ source: Source) throws -> SourceDescription {
    switch source.kind {
    case .folder: return .folder(realPath: source.path)
    case .stream: return .stream(id: UUID().uuidString.lowercased(), name: source.name)
    case .archive, .image:
      let place = source.place
      let known = options.rehash ? nil : try store.knownContent(at: place)
      let sha256 = try known ?? source.sha256 { watch(.hashing(source: source.name, share: $0)) }
      return .file(source.kind, sha256: sha256, name: source.name, at: place)
    }
  }
}

extension Reason {
  init(_ error: SourceError) { self.init(id: error.code.rawValue, message: error.message) }
}
