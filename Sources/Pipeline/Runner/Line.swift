import Crypto
import DigitNet
import Dispatch
import Synchronization

/// What lies between the reader and the store for one source: workers that compute, a writer that puts their outcomes
/// back in order and commits them.
final class Line: Sendable {
  private let ingest: Ingest
  private let set: ResultSet
  private let budget: ByteBudget
  private let workers: WorkerPool
  private let writer = DispatchQueue(label: "streetnum.writer")
  private let state: Mutex<State>

  /// Members in one transaction, at most; fewer where they take long.
  private static let batch = 64
  /// How much work a run that is killed may lose.
  private static let longest = Duration.seconds(2)
  /// Members in flight, however small.
  private static let mostInFlight = 512

  /// A member whose end is known, or is that of an earlier one.
  private enum Ended {
    case outcome(MemberOutcome, pixels: Int)
    case alias(Member, of: String)
  }

  private struct State {
    /// Members taken, and put in order; the two count alike.
    var taken = 0
    var next = 0
    var early: [Int: Ended] = [:]
    /// Members that were read since the last one was written down.
    var survived: [Int] = []
    var ready: [MemberOutcome] = []
    var counts: MemberCounts
    var committed = ContinuousClock.now
    var failure: (any Error)?

    mutating func takeSurvived() -> [Int] {
      defer { survived.removeAll(keepingCapacity: true) }
      return survived
    }

    mutating func takeReady() -> [MemberOutcome] {
      committed = .now
      defer { ready.removeAll(keepingCapacity: true) }
      return ready
    }
  }

  init(_ ingest: Ingest, _ set: ResultSet) {
    self.ingest = ingest
    self.set = set
    budget = ByteBudget(limit: ingest.options.memory, items: Line.mostInFlight)
    workers = WorkerPool(width: ingest.options.jobs)
    state = Mutex(State(counts: set.counts))
    scheduleBeat()
  }

  /// Why nothing more can be done, or nil.
  var failure: (any Error)? { state.withLock { $0.failure } }

  /// Takes the next member, which ends at `progress` of its source. Waits until there is room for it; called by the
  /// reader alone.
  func take(_ member: Member, progress: Double?) {
    let place = state.withLock { state in
      defer { state.taken += 1 }
      return state.taken
    }
    switch member.content {
    case .rejected(let reason): pass(MemberOutcome(member, state: .rejected(reason)), place, progress)
    case .ignored(let reason): pass(MemberOutcome(member, state: .ignored(reason)), place, progress)
    case .alias(let name):
      budget.acquire(0)
      deliver(.alias(member, of: name), place, cost: 0, progress)
    case .bytes(let bytes):
      do {
        try take(member, bytes, hexadecimal(SHA256.hash(data: bytes)), place, progress)
      } catch {
        fail(error)
      }
    }
  }

  private func take(_ member: Member, _ bytes: [UInt8], _ sha256: String, _ place: Int, _ progress: Double?) throws {
    if let known = try ingest.store.knownOutcome(sha256: sha256, method: ingest.method) {
      return pass(MemberOutcome(member, sha256: sha256, state: known), place, progress)
    }
    if let begun = set.pending[member.ordinal], begun > 0 {
      return try takeAgain(member, bytes, sha256, begun, place, progress)
    }
    try note(member)
    do throws(ImageError) {
      let picture = try CodedPicture(bytes, limits: ingest.options.images)
      state.withLock { $0.survived.append(member.ordinal) }
      compute(member, sha256, picture, place, progress)
    } catch {
      pass(MemberOutcome(member, sha256: sha256, state: .rejected(Reason(error))), place, progress)
    }
  }

  private func note(_ member: Member) throws(StoreError) {
    try ingest.store.note(member, survived: state.withLock { $0.takeSurvived() }, in: set)
  }

  /// Hands on what needs no computing.
  private func pass(_ outcome: MemberOutcome, _ place: Int, _ progress: Double?) {
    budget.acquire(0)
    deliver(.outcome(outcome, pixels: 0), place, cost: 0, progress)
  }

  private func compute(_ member: Member, _ sha256: String, _ picture: CodedPicture, _ place: Int, _ progress: Double?) {
    let cost = picture.cost(enlargedBelow: ingest.reader.detector.parameters.enlargedBelow)
    budget.acquire(cost)
    workers.submit { [self] in
      // What waits for a lane when a run is told to stop is not begun.
      guard failure == nil, !ingest.stop.isRaised else { return budget.release(cost) }
      do throws(StoreError) {
        try note(member)
        Failpoint.memberNoted.reach()
        let outcome = MemberOutcome(member, sha256: sha256, state: read(picture))
        Failpoint.memberEnded.reach()
        state.withLock { $0.survived.append(member.ordinal) }
        deliver(.outcome(outcome, pixels: picture.header.pixels), place, cost: cost, progress)
      } catch {
        fail(error)
        budget.release(cost)
      }
    }
  }

  /// Takes a member that was begun before and did not end. Nothing else is in hand with it.
  private func takeAgain(
    _ member: Member, _ bytes: [UInt8], _ sha256: String, _ begun: Int, _ place: Int, _ progress: Double?
  ) throws {
    budget.drain()
    try note(member)
    let ended: MemberOutcome.State
    switch try ingest.isolation?(bytes) {
    case .told(let state): ended = state
    case .crashed(let how): ended = .rejected(.crashed(" (\(how))"))
    case .timedOut: ended = .rejected(Reason(.timedOut(after: ingest.options.memberTimeout)))
    case nil where begun > 1: ended = .rejected(.crashed(""))
    case nil:
      do throws(ImageError) {
        ended = read(try CodedPicture(bytes, limits: ingest.options.images))
      } catch {
        ended = .rejected(Reason(error))
      }
    }
    pass(MemberOutcome(member, sha256: sha256, state: ended), place, progress)
  }

  private func read(_ picture: CodedPicture) -> MemberOutcome.State {
    do throws(ImageError) {
      // Where there are fewer pictures than lanes, a picture takes the others' share, too.
      let numbers = try ingest.reader.numbers(
        in: picture.due(Deadline(in: ingest.options.memberTimeout)), threads: 1 + workers.idle)
      return .done(width: picture.header.width, height: picture.header.height, numbers: numbers)
    } catch {
      return .rejected(Reason(error))
    }
  }

  /// Hands the writer what has ended, which gives its bytes back to the reader once it has been put in order.
  private func deliver(_ ended: Ended, _ place: Int, cost: Int, _ progress: Double?) {
    writer.async { [self] in
      if case .outcome(let outcome, let pixels) = ended { tell(outcome, pixels) }
      if let progress { ingest.watch(.progress(progress)) }
      state.withLock { $0.early[place] = ended }
      while let next = state.withLock({ state in
        let next = state.early.removeValue(forKey: state.next)
        if next != nil { state.next += 1 }
        return next
      }) {
        put(next)
      }
      let due = state.withLock { state in
        let isDue = state.ready.count >= Line.batch || state.committed.duration(to: .now) >= Line.longest
        return isDue ? state.takeReady() : []
      }
      commit(due)
      budget.release(cost)
    }
  }

  /// Puts the next member in order behind the others.
  private func put(_ ended: Ended) {
    switch ended {
    case .outcome(let outcome, _): state.withLock { $0.ready.append(outcome) }
    case .alias(let member, let name):
      do {
        let outcome = try alias(member, of: name)
        tell(outcome, 0)
        state.withLock { $0.ready.append(outcome) }
      } catch {
        fail(error)
      }
    }
  }

  /// A hard link ends as the member that it names, which came before it.
  private func alias(_ member: Member, of name: String) throws -> MemberOutcome {
    let target =
      try state.withLock { $0.ready.last { $0.name == name } }
      ?? ingest.store.outcome(named: name, before: member.ordinal, in: set)
    guard let target else {
      return MemberOutcome(
        member, state: .ignored(Reason(id: "member.link_to_nothing", message: "A link to a member that isn't there")))
    }
    var outcome = target
    (outcome.ordinal, outcome.name, outcome.offset) = (member.ordinal, member.name, member.offset)
    outcome.aliasOf = target.aliasOf ?? target.ordinal
    return outcome
  }

  private func tell(_ outcome: MemberOutcome, _ pixels: Int) {
    ingest.watch(.member(name: outcome.name, state: outcome.state, pixels: pixels))
  }

  private func commit(_ outcomes: [MemberOutcome]) {
    guard !outcomes.isEmpty, failure == nil else { return }
    do throws(StoreError) {
      try ingest.store.commit(outcomes, to: set)
      Failpoint.storeCommitted.reach()
      state.withLock { state in
        for outcome in outcomes { state.counts.add(outcome.state) }
      }
    } catch {
      fail(error)
    }
  }

  /// Shows each second that this run moves, for as long as the line is.
  private func scheduleBeat() {
    writer.asyncAfter(deadline: .now() + 1) { [weak self] in
      guard let self, failure == nil else { return }
      do throws(StoreError) {
        try ingest.store.beat()
        scheduleBeat()
      } catch {
        fail(error)
      }
    }
  }

  private func fail(_ error: any Error) {
    state.withLock { $0.failure = $0.failure ?? error }
  }

  /// Waits until all members are stored; returns how they ended.
  func end() throws -> MemberCounts {
    budget.drain()
    writer.sync { commit(state.withLock { $0.takeReady() }) }
    if let failure { throw failure }
    return state.withLock { $0.counts }
  }
}

extension MemberOutcome {
  fileprivate init(_ member: Member, sha256: String? = nil, state: State) {
    self.init(
      ordinal: member.ordinal, name: member.name, byteCount: member.byteCount, sha256: sha256,
      offset: member.offset, state: state)
  }
}

extension Reason {
  fileprivate init(_ error: ImageError) { self.init(id: error.code.rawValue, message: error.message) }

  fileprivate static func crashed(_ how: String) -> Reason {
    Reason(
      id: "member.crashed",
      message: "The program did not survive reading it, twice\(how); `streetnum retry` tries again; please report it")
  }
}
