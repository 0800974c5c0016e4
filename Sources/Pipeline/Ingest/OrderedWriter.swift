import DigitNet
import Dispatch
import StreetCore
import StreetLedger
import Synchronization

/// Writes what becomes of a source's members: which are begun, and how they ended, in the order of the source.
final class OrderedWriter: Sendable {
  /// A member whose end is known, or is that of an earlier one.
  enum Ended {
    case outcome(MemberOutcome, pixels: Int)
    case alias(Member, of: Int)
  }

  private let ingest: Ingest
  private let set: ResultSet
  private let queue = DispatchQueue(label: "streetnum.writer")
  private let state: Mutex<State>

  /// Members in one transaction, at most; fewer where they take long.
  private static let batch = 64
  /// For how long what is in order may wait to be stored.
  private static let longest = Duration.seconds(2)

  private struct State {
    /// The place of the next member in order.
    var next = 0
    /// The first place whose member never ends; what lies behind it is not stored.
    var gap = Int.max
    /// What ended before those in front of it, and what is told when it is its turn.
    var early: [Int: (ended: Ended, inOrder: @Sendable () -> Void)] = [:]
    var ready: [MemberOutcome] = []
    var begun: BegunMembers
    var counts: MemberCounts
    var committed = ContinuousClock.now
    var failure: (any Error)?

    mutating func takeReady() -> [MemberOutcome] {
      committed = .now
      defer { ready.removeAll(keepingCapacity: true) }
      return ready
    }
  }

  init(_ ingest: Ingest, _ set: ResultSet) {
    self.ingest = ingest
    self.set = set
    state = Mutex(State(begun: BegunMembers(lanes: ingest.options.jobs), counts: set.counts))
    scheduleBeat()
  }

  /// Why nothing more can be done, or nil.
  var failure: (any Error)? { state.withLock { $0.failure } }

  /// Says why nothing more can be done; the first to say so is heard.
  func fail(_ error: any Error) {
    state.withLock { $0.failure = $0.failure ?? error }
  }

  /// Has a member begun by `begin`, from this writer's queue, once it is written down; few of those that wait are at a time.
  /// `begin` is called where nothing more can be done, too.
  func begin(_ member: Member, _ begin: @escaping @Sendable () -> Void) {
    queue.async { [self] in
      state.withLock { $0.begun.add(member, begin) }
      noteDue()
    }
  }

  /// Writes down a member that is begun alone, when this returns. Waits for the writer; called by the reader alone.
  func noteAlone(_ member: Member) throws {
    try queue.sync {
      try note([member])
      state.withLock { $0.begun.addAlone() }
    }
  }

  /// Takes what the member in a place of its source has come to, and its ordinal if it was begun; `inOrder` is called once all
  /// before it have ended, too.
  func put(_ ended: Ended, at place: Int, begun: Int?, progress: Double?, inOrder: @escaping @Sendable () -> Void) {
    queue.async { [self] in
      if let begun { end(begun) }
      guard state.withLock({ place < $0.gap }) else { return inOrder() }
      if case .outcome(let outcome, let pixels) = ended { tell(outcome, pixels) }
      if let progress { ingest.watch(.progress(progress)) }
      state.withLock { $0.early[place] = (ended, inOrder) }
      while let next = state.withLock({ state in
        let next = state.early.removeValue(forKey: state.next)
        if next != nil { state.next += 1 }
        return next
      }) {
        append(next.ended)
        next.inOrder()
      }
      commitDue()
    }
  }

  /// The member in a place, which was to be begun, never ends: this run stores nothing from there on.
  func skip(_ place: Int, begun: Int) {
    queue.async { [self] in
      end(begun)
      let behind = state.withLock { state in
        state.gap = min(state.gap, place)
        let behind = state.early.filter { $0.key > place }
        for place in behind.keys { state.early[place] = nil }
        return behind.values
      }
      for (_, inOrder) in behind { inOrder() }
    }
  }

  /// Stores what was taken; returns how all members ended.
  func end() throws -> MemberCounts {
    try queue.sync {
      commit(state.withLock { $0.takeReady() })
      // What this run was told not to read is no suspect of the next one.
      if failure == nil { try note([]) }
    }
    if let failure { throw failure }
    return state.withLock { $0.counts }
  }

  private func end(_ begun: Int) {
    state.withLock { $0.begun.end(begun) }
    noteDue()
  }

  /// Writes down what is to be begun now, and begins it.
  private func noteDue() {
    let due = state.withLock { $0.begun.takeDue() }
    guard !due.isEmpty else { return }
    if failure == nil, !ingest.stop.isRaised {
      do {
        try note(due.map(\.member))
      } catch {
        fail(error)
      }
    }
    for next in due { next.begin() }
  }

  /// Writes down in one transaction which members are begun, and which that were have ended.
  private func note(_ members: [Member]) throws {
    let ended = state.withLock { $0.begun.takeEnded() }
    guard !members.isEmpty || !ended.isEmpty else { return }
    try ingest.store.note(members, ended: ended, in: set)
  }

  /// Puts the next member in order behind the others.
  private func append(_ ended: Ended) {
    switch ended {
    case .outcome(let outcome, _): state.withLock { $0.ready.append(outcome) }
    case .alias(let member, let target):
      do {
        let outcome = try alias(member, of: target)
        tell(outcome, 0)
        state.withLock { $0.ready.append(outcome) }
      } catch {
        fail(error)
      }
    }
  }

  /// A hard link ends as the member that it names, which came before it.
  private func alias(_ member: Member, of ordinal: Int) throws -> MemberOutcome {
    let target =
      try state.withLock { $0.ready.last { $0.ordinal == ordinal } } ?? ingest.store.outcome(at: ordinal, in: set)
    guard let target else {
      throw StoreError(
        code: .internal, message: "member \(ordinal), which a hard link names, has no outcome", path: ingest.store.path)
    }
    var outcome = target
    (outcome.ordinal, outcome.name, outcome.offset) = (member.ordinal, member.name, member.offset)
    outcome.aliasOf = target.aliasOf ?? target.ordinal
    outcome.crops = []
    return outcome
  }

  private func tell(_ outcome: MemberOutcome, _ pixels: Int) {
    ingest.watch(.member(name: outcome.name, state: outcome.state, pixels: pixels))
  }

  /// Stores what is in order, where that is a whole batch or has waited for long enough.
  private func commitDue() {
    let due = state.withLock { state in
      let isDue =
        state.ready.count >= OrderedWriter.batch || state.committed.duration(to: .now) >= OrderedWriter.longest
      return isDue ? state.takeReady() : []
    }
    commit(due)
  }

  private func commit(_ outcomes: [MemberOutcome]) {
    guard !outcomes.isEmpty, failure == nil else { return }
    do throws(StoreError) {
      try ingest.store.commit(outcomes, to: set)
      Failpoint.storeCommitted.reach()
      state.withLock { state in
        state.begun.store(outcomes)
        for outcome in outcomes { state.counts.add(outcome.state) }
      }
    } catch {
      fail(error)
    }
  }

  /// Shows each second that this run moves, for as long as the writer is, and stores what is due though nothing comes.
  private func scheduleBeat() {
    queue.asyncAfter(deadline: .now() + 1) { [weak self] in
      guard let self, failure == nil else { return }
      commitDue()
      do throws(StoreError) {
        try ingest.store.beat()
        scheduleBeat()
      } catch {
        fail(error)
      }
    }
  }
}
