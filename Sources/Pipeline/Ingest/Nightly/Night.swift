import Foundation
package import StreetCore
import StreetLedger
import Synchronization

/// Reads what is new in an inbox, once, and puts each file where it belongs; what is run by a timer.
package struct Night: Sendable {
  private let ingest: Ingest
  /// Reads what comes, whose size and time may be those of another file that came under that name.
  private let arrivals: Ingest
  private let inbox: Inbox
  private let done: FolderMove
  private let failed: FolderMove
  private let tell: @Sendable (NightReport.Entry) -> Void
  private let tally: Tally

  /// A night over an inbox.
  ///
  /// - Parameters:
  ///   - done: Where files go that were read to their end, whatever their members; made where it is missing.
  ///   - failed: Where files go that nothing can be read of; made where it is missing.
  ///   - own: Files of the night's own, such as its reports and its model; like the database they may lie in the inbox, and
  ///     stay there, and no file that was read takes their names.
  ///   - tell: Is told of each as it ends.
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
    // The usual ones may be there from nights that were told of no others.
    let usual = Night.usualFolders(in: inbox)
    self.inbox = try Inbox(
      path: inbox, quietTime: quietTime, destinations: [done, failed, usual.done, usual.failed],
      own: ingest.store.paths + own)
  }

  /// Where files go unless something else is asked for.
  package static func usualFolders(in inbox: String) -> (done: String, failed: String) {
    (inbox + "/done", inbox + "/failed")
  }

  /// Throws where files would be moved to where they are: a folder is the inbox itself, by whatever name or mount.
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

  /// Takes again what an earlier night could not read for a passing reason, then what is ready, what other runs were reading
  /// meanwhile, what is dated ahead of the clock and has not changed for the quiet time, and what an earlier version read
  /// wrongly.
  ///
  /// Throws `StoreError` where results can't be kept, and
  /// `Stopped`; everything else is an entry, and the night goes on.
  @discardableResult
  package func run() throws -> [NightReport.Entry] {
    try tidy()
    var entries: [NightReport.Entry] = []
    func add(_ entry: NightReport.Entry?) {
      guard let entry else { return }
      tell(entry)
      entries.append(entry)
    }
    for source in try ingest.store.rejectedSources(method: ingest.method, reasons: Reason.passing) {
      add(try retry(source))
    }
    let arrivals = try inbox.arrivals()
    // Looked at before anything is read, which may take longer than the quiet time.
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
    // Whatever grew at the beginning may have come to its end.
    try take(inbox.arrivals().filter { growing.contains($0.name) }) { add(entry($0, .growing)) }
    for name in held { add(try self.take(name, waits: true)?.entry) }
    if !ahead.isEmpty { try wait(until: looked + .seconds(inbox.quietTime)) }
    for (name, status) in ahead {
      if inbox.status(of: name)?.isUntouched(since: status) == true {
        add(try self.take(name, waits: true, isQuiet: true)?.entry)
      } else {
        add(entry(name, .growing))
      }
    }
    for source in try ingest.store.outdatedSources(limits: ingest.method) { add(try readAgain(source)) }
    Failpoint.nightRead.reach()
    return entries
  }

  /// Waits for a time, unless the night is told to stop.
  private func wait(until time: ContinuousClock.Instant) throws {
    while ContinuousClock.now < time {
      if ingest.stop.isRaised { throw Stopped() }
      Thread.sleep(forTimeInterval: min(0.2, max(0, ContinuousClock.now.duration(to: time) / .seconds(1))))
    }
  }

  /// The ledger forgets places that a run was killed before it could take back; a copy that was cut short goes.
  private func tidy() throws {
    for path in try [inbox.path, done.folder, failed.folder].flatMap(ingest.store.oldPaths)
    where (try? FileStatus(path: path))?.isRegular != true {
      try ingest.store.forget(path: path)
    }
    for folder in [done, failed] { FileReplacement.removePartial(in: folder.folder) }
  }

  private struct Ended {
    /// Nil for a file that another run took away.
    var entry: NightReport.Entry?
  }

  /// Reads and moves one file; nil where another run reads it and that isn't waited for.
  private func take(_ name: String, waits: Bool, isQuiet: Bool = false) throws -> Ended? {
    let path = inbox.path(of: name)
    // It may have been waiting for hours.
    guard let status = inbox.status(of: name), !inbox.isOwn(name) else { return Ended() }
    guard isQuiet || inbox.state(status) == .ready else { return Ended(entry: entry(name, .growing)) }
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

  /// Reads again what an earlier run could not, for a reason of that moment, or what an earlier retry did not come to.
  private func retry(_ source: Store.RejectedSource) throws -> NightReport.Entry? {
    guard let (path, name) = place(of: source.paths, in: [done]) else { return nil }
    var entry = NightReport.Entry(name: name, outcome: .read, path: path)
    let ended = try read(&entry) { try ingest.retry(source, path: path, reasons: Reason.passing) }
    // Another file that lies there by now was given to nobody.
    guard case .told = ended, entry.reason?.id != SourceError.Code.changed.rawValue else { return nil }
    return entry
  }

  /// Looks at what an earlier version read, and reads it again where that was wrong. What nothing could be read of then, and
  /// can be now, comes to where files go that were read.
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

  /// The first of a source's paths that lies in one of the folders, and its name there.
  private func place(of paths: [String], in folders: [FolderMove]) -> (path: String, name: String)? {
    let path = paths.first { path in
      folders.contains { path.hasPrefix($0.folder + "/") } && FileManager.default.fileExists(atPath: path)
    }
    return path.map { ($0, URL(fileURLWithPath: $0).lastPathComponent) }
  }

  private enum Read {
    case told, held, gone
  }

  /// Fills in what becomes of a file that `body` reads.
  private func read(_ entry: inout NightReport.Entry, _ body: () throws -> Ingest.Result?) throws -> Read {
    let begun = ContinuousClock.now
    tally.reset()
    do {
      guard let result = try body() else { return .held }
      entry.outcome = result.isNew ? .read : .known
      entry.reason = result.ending ?? result.sidecars.reason
      (entry.done, entry.rejected, entry.ignored) = (result.counts.done, result.counts.rejected, result.counts.ignored)
      (entry.numbers, entry.rejections) = tally.taken
    } catch let error as SourceError {
      if error.code == .missing { return .gone }
      entry.outcome = error.code.isFinal ? .unusable : .failed
      entry.reason = Reason(error)
    } catch let error as StoreError where error.code == .busy {
      entry.outcome = .failed
      entry.reason = Reason(id: error.code.rawValue, message: error.message)
    }
    entry.seconds = Double(begun.duration(to: .now) / .milliseconds(1)) / 1000
    return .told
  }

  private func entry(
    _ name: String, _ outcome: NightReport.Entry.Outcome, _ reason: Reason? = nil
  ) -> NightReport.Entry {
    NightReport.Entry(name: name, outcome: outcome, reason: reason, path: inbox.path(of: name))
  }

  /// Puts a file that was read where it belongs, and what lies beside it for its photographs' positions.
  private func moveWithSidecars(_ entry: inout NightReport.Entry, _ status: FileStatus) {
    let sidecars = inbox.sidecars(of: entry.name)
    let from = entry.path
    move(&entry, status)
    guard entry.path != from else { return }
    let folder = entry.outcome == .unusable ? failed : done
    let name = URL(fileURLWithPath: entry.path).lastPathComponent
    for sidecar in sidecars {
      guard let status = inbox.status(of: sidecar) else { continue }
      // An archive that another name was found for takes them along under that.
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

  /// Puts a file that was read, as it was then, where it belongs. What was read stays read where that fails.
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

/// What happens while one file is read.
private final class Tally: Sendable {
  private let state = Mutex<(numbers: Int, rejections: [NightReport.Rejection])>((0, []))

  var taken: (Int, [NightReport.Rejection]) { state.withLock { ($0.numbers, $0.rejections) } }

  func reset() { state.withLock { $0 = (0, []) } }

  func take(_ event: IngestEvent) {
    guard case .member(let name, let ended, _) = event else { return }
    state.withLock { state in
      switch ended {
      case .done(_, _, let numbers):
        state.numbers += numbers.count { $0.confidence >= Confidence.usual }
      case .rejected(let reason):
        if state.rejections.count < NightReport.mostRejections {
          state.rejections.append(NightReport.Rejection(member: name, reason: reason))
        }
      case .ignored: break
      }
    }
  }
}
