import Foundation
package import StreetCore
import StreetLedger
import Synchronization

/// Reads the new files in an inbox once and moves each to its destination; run by a timer.
package struct Night: Sendable {
  private let ingest: Ingest
  /// Reads arrivals without relying on a known path, size and time, because another file may have arrived under the
  /// same name.
  private let arrivals: Ingest
  private let inbox: Inbox
  private let done: FolderMove
  private let failed: FolderMove
  private let tell: @Sendable (NightReport.Entry) -> Void
  private let tally: Tally

  /// A nightly run over an inbox.
  ///
  /// - Parameters:
  /// - done: The destination of files that were read, even if members were rejected, or if a file is truncated or
  ///   damaged after its first members; created if missing.
  /// - failed: The destination of files of which nothing can be read; created if missing.
  /// - own: The run's own files, such as reports and the model. Like the database, they may be in the inbox; they stay
  ///   there, and no file is moved to their paths.
  /// - tell: Receives each entry when it is complete.
  package init(
    ingest: Ingest, inbox: String, done: String, failed: String, own: [String] = [], quietTime: Double,
    tell: @escaping @Sendable (NightReport.Entry) -> Void
  ) throws {
    let tally = Tally()
    let watch = ingest.watch
    func watched(rehash: Bool) -> Ingest {
      var options = ingest.options
      options.rehash = options.rehash || rehash
      return Ingest(
        store: ingest.store, reader: ingest.reader, method: ingest.method, options: options, stop: ingest.stop,
        watch: { event in
          tally.take(event)
          watch(event)
        }, isolation: ingest.isolation)
    }
    (self.ingest, arrivals) = (watched(rehash: false), watched(rehash: true))
    self.tally = tally
    self.tell = tell
    guard let status = try? FileStatus(following: inbox) else {
      throw SourceError(.missing, "There is no such inbox", path: inbox)
    }
    guard status.isFolder else {
      throw SourceError(.missing, "It is not a folder; the inbox is the folder that archives are put into", path: inbox)
    }
    try Night.checkFolders(inbox: inbox, done: done, failed: failed)
    (self.done, self.failed) = (try Night.folder(done, own), try Night.folder(failed, own))
    // The default folders may exist from earlier runs with default options.
    let usual = Night.usualFolders(in: inbox)
    self.inbox = try Inbox(
      path: inbox, quietTime: quietTime, destinations: [done, failed, usual.done, usual.failed],
      own: ingest.store.paths + own)
  }

  /// The default destinations.
  package static func usualFolders(in inbox: String) -> (done: String, failed: String) {
    (inbox + "/done", inbox + "/failed")
  }

  /// Throws if a destination is the inbox itself, by whatever name or mount.
  package static func checkFolders(inbox: String, done: String, failed: String) throws(SourceError) {
    for folder in [done, failed] where leadToSameFile(inbox, folder) {
      throw SourceError(
        .inboxIsDestination, "It is the inbox itself; name another folder for files that were read", path: folder)
    }
  }

  private static func folder(_ path: String, _ own: [String]) throws(SourceError) -> FolderMove {
    do throws(FileError) {
      return try FolderMove(to: path, reserving: own)
    } catch {
      throw SourceError(.cannotCreate, "The folder can't be made: \(error.message)", path: path)
    }
  }

  /// Retries what an earlier run could not read for a transient reason. Then reads the files that are ready, those that
  /// other runs were reading, those with timestamps in the future that have not changed for the quiet time, and finally
  /// sources that an earlier version read wrongly.
  ///
  /// Throws `StoreError` if results can't be stored, and `Stopped`; any other error becomes an entry. After a
  /// `StoreError`, each file that stays because of it has an entry.
  @discardableResult
  package func run() throws -> [NightReport.Entry] {
    var entries: [NightReport.Entry] = []
    func add(_ entry: NightReport.Entry?) {
      guard let entry else { return }
      tell(entry)
      entries.append(entry)
    }
    do {
      try read(add)
    } catch {
      let failure = error as? Unstorable
      add(failure?.entry)
      guard let reason = failure?.error ?? error as? StoreError else { throw error }
      for entry in unreached(reason, besides: Set(entries.map(\.path))) { add(entry) }
      throw reason
    }
    return entries
  }

  /// The entry of a source whose results can't be stored, and the error, which ends the night.
  private struct Unstorable: Error {
    let entry: NightReport.Entry
    let error: StoreError
  }

  /// The entries of the files that the night did not come to before an error of the database.
  private func unreached(_ error: StoreError, besides told: Set<String>) -> [NightReport.Entry] {
    let arrivals = (try? inbox.arrivals()) ?? []
    return arrivals.filter { !told.contains(inbox.path(of: $0.name)) }.compactMap { arrival in
      switch arrival.state {
      case .ready, .datedAhead:
        entry(
          arrival.name, .failed,
          Reason(id: error.code.rawValue, message: "The run ended before it was read: \(error.message)"))
      case .growing: entry(arrival.name, .growing, inbox.growth(of: arrival.name))
      case .passedOver(let reason): entry(arrival.name, .passedOver, reason)
      case .uploading(let reason): entry(arrival.name, .growing, reason)
      case .ignored(let reason): entry(arrival.name, .ignored, reason)
      }
    }
  }

  /// Reads everything there is to read, and passes each entry to `add`.
  private func read(_ add: (NightReport.Entry?) -> Void) throws {
    try tidy()
    for source in try ingest.store.rejectedSources(method: ingest.method, reasons: Reason.passing) {
      add(try retry(source))
    }
    let arrivals = try inbox.arrivals()
    // The status is taken before anything is read, which may take longer than the quiet time.
    let ahead = arrivals.filter { $0.state == .datedAhead }.compactMap { arrival in
      inbox.status(of: arrival.name).map { (name: arrival.name, status: $0) }
    }
    let looked = ContinuousClock.now
    var held: [String] = []
    func take(_ arrivals: [Inbox.Arrival], growing: (String) -> Void) throws {
      for arrival in arrivals {
        switch arrival.state {
        case .ready:
          if let ended = try self.take(arrival.name, waits: false) {
            add(ended.entry)
          } else {
            held.append(arrival.name)
          }
        case .passedOver(let reason): add(entry(arrival.name, .passedOver, reason))
        case .uploading(let reason): add(entry(arrival.name, .growing, reason))
        case .ignored(let reason): add(entry(arrival.name, .ignored, reason))
        case .growing, .datedAhead: growing(arrival.name)
        }
      }
    }
    var growing: [String] = []
    try take(arrivals.filter { $0.state != .datedAhead }) { growing.append($0) }
    // Files that were growing at the beginning may be complete by now.
    try take(inbox.arrivals().filter { growing.contains($0.name) }) {
      add(entry($0, .growing, inbox.growth(of: $0)))
    }
    for name in held { add(try self.take(name, waits: true)?.entry) }
    if !ahead.isEmpty { try wait(until: looked + .seconds(inbox.quietTime)) }
    for (name, status) in ahead {
      if inbox.status(of: name)?.isUntouched(since: status) == true {
        add(try self.take(name, waits: true, isQuiet: true)?.entry)
      } else {
        add(entry(name, .growing, inbox.growth(of: name)))
      }
    }
    for source in try ingest.store.outdatedSources(limits: ingest.method) { add(try readAgain(source)) }
    Failpoint.nightRead.reach()
  }

  /// Waits until a time, or until the run is stopped.
  private func wait(until time: ContinuousClock.Instant) throws {
    while ContinuousClock.now < time {
      if ingest.stop.isRaised { throw Stopped() }
      Thread.sleep(forTimeInterval: min(0.2, max(0, ContinuousClock.now.duration(to: time) / .seconds(1))))
    }
  }

  /// Removes planned moves that a killed run left in the ledger, and deletes unfinished copies.
  private func tidy() throws {
    for path in try [inbox.path, done.folder, failed.folder].flatMap(ingest.store.oldPaths)
    where (try? FileStatus(path: path))?.isRegular != true {
      try ingest.store.forget(path: path)
    }
    for folder in [done, failed] { PartialFile.removeLeftovers(in: folder.folder) }
  }

  private struct Ended {
    /// Nil for a file that another run moved.
    var entry: NightReport.Entry?
  }

  /// Reads and moves one file; nil if another run is reading it and `waits` is false.
  private func take(_ name: String, waits: Bool, isQuiet: Bool = false) throws -> Ended? {
    let path = inbox.path(of: name)
    // The file may have been waiting for hours, so its state is checked again.
    guard let status = inbox.status(of: name), !inbox.isOwn(name) else { return Ended() }
    guard isQuiet || inbox.state(status) == .ready else {
      return Ended(entry: entry(name, .growing, inbox.growth(of: name)))
    }
    var entry = entry(name, .read)
    let ended = try read(&entry) {
      waits ? try arrivals.run(path: path) : try arrivals.runUnlessHeld(path: path)
    }
    switch ended {
    case .held: return nil
    case .gone: return Ended()
    case .told:
      if entry.outcome != .failed { moveWithSidecars(&entry, status) }
      return Ended(entry: entry)
    }
  }

  /// Reads members again that an earlier run could not read for a transient reason, or that an earlier retry did not
  /// reach.
  private func retry(_ source: Store.RejectedSource) throws -> NightReport.Entry? {
    guard let (path, name) = place(of: source.paths, in: [done]) else { return nil }
    var entry = NightReport.Entry(name: name, outcome: .read, path: path)
    let ended = try read(&entry) { try ingest.retry(source, path: path, reasons: Reason.passing) }
    // If another file is at that path by now, nobody asked for this one to be retried.
    guard case .told = ended, entry.reason?.id != SourceError.Code.changed.rawValue else { return nil }
    return entry
  }

  /// Examines a source that an earlier version read, and reads it again if that was wrong. A file that was unreadable
  /// then and is readable now is moved to the done folder.
  private func readAgain(_ source: Store.OutdatedSource) throws -> NightReport.Entry? {
    guard let (path, name) = place(of: source.paths, in: [done, failed]) else { return nil }
    var entry = NightReport.Entry(name: name, outcome: .read, path: path)
    let status = try? FileStatus(path: path)
    var isRead = false
    let ended = try read(&entry) {
      let result = try ingest.readAgain(source, path: path)
      isRead = result != nil
      return result
    }
    guard case .told = ended, entry.reason?.id != SourceError.Code.changed.rawValue else { return nil }
    if isRead, entry.reason == nil { entry.reason = .readAgain }
    if isRead, let status, path.hasPrefix(failed.folder + "/") { move(&entry, status) }
    return entry
  }

  /// The first of a source's paths that is in one of the folders, and its name there.
  private func place(of paths: [String], in folders: [FolderMove]) -> (path: String, name: String)? {
    let path = paths.first { path in
      folders.contains { path.hasPrefix($0.folder + "/") } && FileManager.default.fileExists(atPath: path)
    }
    return path.map { ($0, URL(fileURLWithPath: $0).lastPathComponent) }
  }

  private enum Read {
    case told, held, gone
  }

  /// Fills in an entry with the result of reading a file by `body`.
  private func read(_ entry: inout NightReport.Entry, _ body: () throws -> Ingest.Result?) throws -> Read {
    let begun = ContinuousClock.now
    func seconds() -> Double { Double(begun.duration(to: .now) / .milliseconds(1)) / 1000 }
    tally.reset()
    do {
      guard let result = try body() else { return .held }
      entry.outcome = result.isNew ? .read : .known
      entry.reason = result.ending ?? result.sidecars.reason
      entry.positions = NightReport.Positions(result.sidecars)
      (entry.done, entry.rejected, entry.ignored) = (result.counts.done, result.counts.rejected, result.counts.ignored)
      (entry.numbers, entry.rejections) = tally.taken
    } catch let error as SourceError {
      if error.code == .missing { return .gone }
      entry.outcome = error.code.isFinal ? .unusable : .failed
      entry.reason = Reason(error)
    } catch let error as StoreError {
      entry.outcome = .failed
      entry.reason = Reason(id: error.code.rawValue, message: error.message)
      if error.code != .busy {
        entry.seconds = seconds()
        countStored(&entry)
        throw Unstorable(entry: entry, error: error)
      }
    }
    entry.seconds = seconds()
    return .told
  }

  /// Counts what is stored of a source whose reading ended early. Not all that this run read of it is stored, and not all
  /// that is stored was read by this run.
  private func countStored(_ entry: inout NightReport.Entry) {
    let (numbers, rejections) = tally.taken
    guard let stored = try? ingest.store.storedCounts(at: entry.path, confidence: Confidence.usual) else { return }
    let members = stored.members
    (entry.done, entry.rejected, entry.ignored) = (members.done, members.rejected, members.ignored)
    (entry.numbers, entry.rejections) = (min(numbers, stored.numbers), rejections)
  }

  private func entry(
    _ name: String, _ outcome: NightReport.Entry.Outcome, _ reason: Reason? = nil
  ) -> NightReport.Entry {
    NightReport.Entry(name: name, outcome: outcome, reason: reason, path: inbox.path(of: name))
  }

  /// Moves a file that was read, and its sidecars, to its destination.
  private func moveWithSidecars(_ entry: inout NightReport.Entry, _ status: FileStatus) {
    let sidecars = inbox.sidecars(of: entry.name)
    let from = entry.path
    move(&entry, status)
    guard entry.path != from else { return }
    let folder = entry.outcome == .unusable ? failed : done
    let name = URL(fileURLWithPath: entry.path).lastPathComponent
    for sidecar in sidecars {
      guard let status = inbox.status(of: sidecar) else { continue }
      // If the archive got another name, its sidecars follow it.
      let end = sidecar.split(separator: ".").last ?? ""
      let wanted = name == entry.name ? sidecar : "\(name).\(end)"
      do throws(FileError) {
        while try folder.move(inbox.path(of: sidecar), status, to: folder.path(for: wanted, status)) == .taken {}
      } catch {
        entry.reason =
          entry.reason
          ?? Reason(
            id: "inbox.cannot_move",
            message: "\(sidecar) can't be moved with it to \(folder.folder): \(error.message)")
      }
    }
  }

  /// Moves a file, if unchanged since it was read, to its destination. Its results are kept even if that fails.
  private func move(_ entry: inout NightReport.Entry, _ status: FileStatus) {
    let folder = entry.outcome == .unusable ? failed : done
    let from = entry.path
    do {
      while true {
        let target = folder.path(for: entry.name, status)
        try ingest.store.expect(from, at: target)
        Failpoint.moveExpected.reach()
        switch try folder.move(from, status, to: target) {
        case .taken: continue
        case .same: throw FileError(number: EEXIST)
        case .changed:
          entry.outcome = .failed
          entry.reason = Reason(
            id: SourceError.Code.changed.rawValue,
            message: "It was changed after it was read; the next run reads it again")
        case .moved:
          entry.path = target
          Failpoint.moveDone.reach()
          try ingest.store.forget(path: from)
        }
        return
      }
    } catch let error as FileError {
      if error.number == ENOENT { return }  // Another run has moved it.
      entry.outcome = .failed
      entry.reason = Reason(
        id: "inbox.cannot_move", message: "It was read, but can't be moved to \(folder.folder): \(error.message)")
    } catch {
      let failure = StoreError(error, path: ingest.store.path)
      entry.outcome = .failed
      entry.reason = Reason(id: failure.code.rawValue, message: failure.message)
    }
  }
}

/// The events during the reading of one file.
private final class Tally: Sendable {
  private let state = Mutex<(numbers: Int, rejections: [NightReport.Rejection])>((0, []))

  var taken: (Int, [NightReport.Rejection]) { state.withLock { ($0.numbers, $0.rejections) } }

  func reset() { state.withLock { $0 = (0, []) } }

  func take(_ event: IngestEvent) {
    guard case .member(let name, let ended, _, let isNew) = event else { return }
    state.withLock { state in
      switch ended {
      case .done(_, _, let numbers):
        state.numbers += isNew ? numbers.count { $0.confidence >= Confidence.usual } : 0
      case .rejected(let reason):
        if state.rejections.count < NightReport.maximumRejections {
          state.rejections.append(NightReport.Rejection(member: name, reason: reason))
        }
      case .ignored: break
      }
    }
  }
}
