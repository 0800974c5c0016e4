import Foundation
import StreetArchives
public import StreetCore
public import StreetLedger
public import StreetReading

/// Reads sources into a store: one reader, as many workers as jobs, one writer, a hand-over bounded in bytes.
///
/// The calling thread is the reader, and the only thread that waits. Members are committed in order and in batches; a
/// run that is cut off goes on behind the last batch.
public struct Ingest: Sendable {
  /// Where outcomes go.
  package let store: Store
  /// What reads pictures.
  package let reader: NumberReader
  /// What results are kept under.
  package let method: ReadingMethod
  /// Jobs, memory, limits.
  package let options: IngestOptions
  /// Ends it early.
  package let stop: StopSign
  /// Reads what an earlier run did not survive. Without it such members are read alone, and rejected after two such runs;
  /// sources are set aside after two.
  package let isolation: Isolation?
  /// Is told what happens, from any thread.
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
  /// Returns how its members ended. Throws `SourceError` where nothing of it can be read, where it changes meanwhile or the
  /// system fails to read on; `StoreError` where an outcome can't be kept, or another run holds the source and does not move;
  /// `Stopped`. What is wrong with a member is that member's outcome; a source that breaks off keeps what came before, and
  /// `ending` says why.
  public func run(path: String) throws -> Result {
    let source = try source(path)
    let description = try describe(source)
    let set = try SourceClaim(self, description, source.fingerprint).wait()
    return try runWithSidecars(source, description, set)
  }

  /// The same, but returns nil at once where another run is reading the source.
  package func runUnlessHeld(path: String) throws -> Result? {
    let source = try source(path)
    let description = try describe(source)
    guard let set = try SourceClaim(self, description, source.fingerprint).attempt() else { return nil }
    return try runWithSidecars(source, description, set)
  }

  /// Reads a source, then what files beside it and in it state of its photographs.
  private func runWithSidecars(_ source: Source, _ description: SourceDescription, _ set: ResultSet) throws -> Result {
    var result = try run(source, description, set)
    if source.kind != .stream { result.sidecars = try takeSidecars(of: source, description.identity) }
    return result
  }

  /// Reads rejected members of a source again, for reasons that match one of the patterns, from where the source lies. Throws
  /// `source.changed` where something else lies there.
  package func retry(_ rejected: Store.RejectedSource, path: String, reasons: [String]) throws -> Result {
    let source = try source(path)
    let description = try describe(source)
    guard try store.isStill(rejected, description, method, fingerprint: source.fingerprint) else {
      throw SourceError(.changed, "It is no longer what it was when members of it were rejected", path: path)
    }
    let set = try SourceClaim(self, description, source.fingerprint, retry: (rejected, reasons)).wait()
    return try run(source, description, set, isRetry: true)
  }

  /// What a path names; the database in a folder is none of its pictures.
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
    // What was set aside, and a retry took up that did not come to its end, waits for another one.
    let isSetAside = !isRetry && set.ending?.id == SourceError.Code.crashed.rawValue
    if try isSetAside || isDeadly(source, set) { return try setAside(source, set) }
    do {
      return try read(source, into: set)
    } catch {
      // Nobody can give the rest of a stream, nor say what a file was that has changed.
      if source.kind == .stream {
        try? store.discardStream(set)
      } else if (error as? SourceError)?.code == .changed {
        try? store.discard(set)
      }
      throw error
    }
  }

  /// Runs that may end without a word while they read a source, before it is looked at whether that was its doing.
  static let mostDeaths = 2

  /// Seconds in which an archive's members have to be gone through: so many, and one for so many of its bytes.
  private static let (leastWalk, slowestWalk) = (600.0, 1e6)

  /// Whether the program does not survive going through an archive's members. Where several runs ended while they did, for
  /// whatever reason, a process of its own finds out.
  private func isDeadly(_ source: Source, _ set: ResultSet) throws -> Bool {
    guard source.kind == .archive, set.deaths >= Ingest.mostDeaths else { return false }
    guard let isolation else { return true }
    let heartbeat = Heartbeat(store)
    defer { heartbeat.stop() }
    return try !isolation.source(source.path, Ingest.leastWalk + Double(source.byteCount) / Ingest.slowestWalk)
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
        return try finish(source, whole, ending)
      }
      return try finish(source, set, ending)
    } catch let error as SourceError where error.code.isFinal && counts.total == 0 && source.kind != .stream {
      // That there is nothing in it is a result as well, if it is the file whose hash was taken.
      try source.checkUnchanged()
      try store.complete(set, memberCount: 0, ending: Reason(error))
      guard isAllowed(error.code) else { throw error }
      return tell(source, Result(counts: MemberCounts(), ending: nil, isNew: true))
    }
  }

  /// Reads members until none is left or nothing more can be read; says why, and how the source's members have ended.
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

  /// Why a source did not end well: as it ended, or because nothing that it holds was read.
  func ending(_ counts: MemberCounts, _ ending: Reason?) -> Reason? {
    guard ending == nil, counts.ignored > 0, counts.ignored == counts.total, !options.allowEmpty else { return ending }
    return Reason(
      id: SourceError.Code.noPictures.rawValue,
      message: "It holds no picture that could be read; check what it is, or allow it")
  }

  private func tell(_ source: Source, _ result: Result) -> Result {
    watch(
      .finished(source: source.name, counts: result.counts, ending: result.ending, isNew: result.isNew))
    return result
  }

  /// How a source ended.
  public struct Result: Sendable {
    /// Its members, by state.
    public var counts: MemberCounts
    /// Why it could not be read to its end, or nil.
    public var ending: Reason?
    /// Whether there was anything to do.
    public var isNew: Bool
    /// What files beside it and in it state of its photographs.
    public var sidecars = SidecarReport()
    /// Whether all that it holds could be read, and all that files state of its photographs.
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
