import DigitNet
import Dispatch
import StreetArchives
import StreetCore
import StreetLedger
import Synchronization

/// Records which members of a source are in progress, and stores their outcomes in the order of the source.
final class OrderedWriter: Sendable {
  /// The end of a member: its outcome, or the outcome of an earlier member.
  enum Ended {
    case outcome(MemberOutcome, pixels: Int, isNew: Bool)
    case alias(Member, of: Int)
  }

  private let ingest: Ingest
  private let set: ResultSet
  private let queue = DispatchQueue(label: "streetnum.writer")
  private let state: Mutex<State>

  /// The maximum number of members per transaction; fewer if they take long.
  private static let batch = 64
  /// The maximum time that outcomes in order wait to be stored.
  private static let longest = Duration.seconds(2)

  private struct State {
    /// The position of the next member in order.
    var next = 0
    /// The first position whose member will never have an outcome; nothing after it is stored.
    var gap = Int.max
    /// Outcomes that wait for earlier ones, and the closures to call when it is their turn.
    var early: [Int: (ended: Ended, inOrder: @Sendable () -> Void)] = [:]
    var ready: [MemberOutcome] = []
    /// The ordinals of the members whose outcomes were taken from other sets.
    var known: Set<Int> = []
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

  /// The error that stops the writer; nil if there is none.
  var failure: (any Error)? { state.withLock { $0.failure } }

  /// Stops the writer with an error; only the first error is kept.
  func fail(_ error: any Error) {
    state.withLock { $0.failure = $0.failure ?? error }
  }

  /// Records a member as in progress and then calls `begin` on the writer's queue; only a few members are recorded at a
  /// time. After an error, `begin` is called too.
  func begin(_ member: Member, _ begin: @escaping @Sendable () -> Void) {
    queue.async { [self] in
      state.withLock { $0.begun.add(member, begin) }
      noteDue()
    }
  }

  /// Records a member that is read alone before returning. Waits for the writer; only the reader may call it.
  func noteAlone(_ member: Member) throws {
    try queue.sync {
      try note([member])
      state.withLock { $0.begun.addAlone() }
    }
  }

  /// Receives the outcome of the member at a position, and the member's ordinal if it was recorded as in progress.
  /// `inOrder` is called once all earlier members have outcomes too.
  func put(_ ended: Ended, at place: Int, begun: Int?, progress: Double?, inOrder: @escaping @Sendable () -> Void) {
    queue.async { [self] in
      if let begun { end(begun) }
      guard state.withLock({ place < $0.gap }) else { return inOrder() }
      if case .outcome(let outcome, let pixels, let isNew) = ended {
        if !isNew { state.withLock { _ = $0.known.insert(outcome.ordinal) } }
        tell(outcome, pixels, isNew: isNew)
      }
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

  /// Notes that the member at a position will not have an outcome: this run stores nothing from there on.
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

  /// Stores all outcomes; returns the number of members in each state.
  func end() throws -> MemberCounts {
    try queue.sync {
      commit(state.withLock { $0.takeReady() })
      // Members that this run was told not to read are no suspects for the next run.
      if failure == nil { try note([]) }
    }
    if let failure { throw failure }
    return state.withLock { $0.counts }
  }

  private func end(_ begun: Int) {
    state.withLock { $0.begun.end(begun) }
    noteDue()
  }

  /// Records the members to be started now, and starts them.
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

  /// Records in one transaction which members are started and which have ended.
  private func note(_ members: [Member]) throws {
    let ended = state.withLock { $0.begun.takeEnded() }
    guard !members.isEmpty || !ended.isEmpty else { return }
    try ingest.store.note(members, ended: ended, in: set)
  }

  /// Appends the next member in order to the outcomes to be stored.
  private func append(_ ended: Ended) {
    switch ended {
    case .outcome(let outcome, _, _): state.withLock { $0.ready.append(outcome) }
    case .alias(let member, let target):
      do {
        let outcome = try alias(member, of: target)
        tell(outcome, 0, isNew: state.withLock { !$0.known.contains(outcome.aliasOf ?? target) })
        state.withLock { $0.ready.append(outcome) }
      } catch {
        fail(error)
      }
    }
  }

  /// A hard link has the outcome of the member that it refers to, which precedes it, unless only that member's name
  /// made it ignored.
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
    if case .ignored(let reason) = target.state,
      let reason = Classification.linkToIgnored(name: member.name, target: target.name, reason)
    {
      outcome.state = .rejected(reason)
    }
    return outcome
  }

  private func tell(_ outcome: MemberOutcome, _ pixels: Int, isNew: Bool) {
    ingest.watch(.member(name: outcome.name, state: outcome.state, pixels: pixels, isNew: isNew))
  }

  /// Stores the outcomes in order if they make a whole batch or have waited long enough.
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

  /// Updates the run's heartbeat every second while the writer exists, and stores outcomes that are due even if none
  /// arrive.
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
