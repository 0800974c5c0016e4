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

  fileprivate struct State {
    var next: Int
    var early: [Int: MemberOutcome] = [:]
    var ready: [MemberOutcome] = []
    var counts: MemberCounts
    var committed = ContinuousClock.now
    var failure: StoreError?
  }

  init(_ ingest: Ingest, _ set: ResultSet) {
    self.ingest = ingest
    self.set = set
    budget = ByteBudget(limit: ingest.options.memory, items: Line.mostInFlight)
    workers = WorkerPool(width: ingest.options.jobs)
    state = Mutex(State(next: set.nextOrdinal, counts: set.counts))
  }

  /// Why nothing more can be stored, or nil.
  var failure: StoreError? { state.withLock { $0.failure } }

  /// Takes the next member, which ends at `progress` of its source. Waits until there is room for it; called by the
  /// reader alone.
  func take(_ member: Member, progress: Double?) {
    switch member.content {
    case .rejected(let reason): pass(MemberOutcome(member, state: .rejected(reason)), progress)
    case .ignored(let reason): pass(MemberOutcome(member, state: .ignored(reason)), progress)
    case .alias:
      let reason = Reason(id: "member.hard_link", message: "A hard link to another member, which is read itself")
      pass(MemberOutcome(member, state: .ignored(reason)), progress)
    case .bytes(let bytes):
      let sha256 = hexadecimal(SHA256.hash(data: bytes))
      do {
        let picture = try CodedPicture(bytes, limits: ingest.options.images)
        if let known = try ingest.store.knownOutcome(sha256: sha256, method: ingest.method) {
          pass(MemberOutcome(member, sha256: sha256, state: known), progress)
        } else {
          compute(member, sha256, picture, progress)
        }
      } catch let error as ImageError {
        pass(MemberOutcome(member, sha256: sha256, state: .rejected(Reason(error))), progress)
      } catch {
        state.withLock { $0.failure = StoreError(error, path: ingest.store.path) }
      }
    }
  }

  /// Hands on what needs no computing.
  private func pass(_ outcome: MemberOutcome, _ progress: Double?) {
    budget.acquire(0)
    deliver(outcome, cost: 0, pixels: 0, progress)
  }

  private func compute(_ member: Member, _ sha256: String, _ picture: CodedPicture, _ progress: Double?) {
    let cost = picture.cost(enlargedBelow: ingest.reader.detector.parameters.enlargedBelow)
    budget.acquire(cost)
    workers.submit { [self] in
      guard failure == nil else {
        budget.release(cost)
        return
      }
      let ended: MemberOutcome.State
      do throws(ImageError) {
        // Where there are fewer pictures than lanes, a picture takes the others' share, too.
        let numbers = try ingest.reader.numbers(in: picture, threads: 1 + workers.idle)
        ended = .done(width: picture.header.width, height: picture.header.height, numbers: numbers)
      } catch {
        ended = .rejected(Reason(error))
      }
      deliver(
        MemberOutcome(member, sha256: sha256, state: ended), cost: cost, pixels: picture.header.pixels, progress)
    }
  }

  /// Hands an outcome to the writer, which gives its bytes back to the reader once it has been put in order.
  private func deliver(_ outcome: MemberOutcome, cost: Int, pixels: Int, _ progress: Double?) {
    writer.async { [self] in
      ingest.watch(.member(name: outcome.name, state: outcome.state, pixels: pixels))
      if let progress { ingest.watch(.progress(progress)) }
      let ready = state.withLock { state -> [MemberOutcome] in
        state.early[outcome.ordinal] = outcome
        while let next = state.early.removeValue(forKey: state.next) {
          state.ready.append(next)
          state.next += 1
        }
        let due = state.ready.count >= Line.batch || state.committed.duration(to: .now) >= Line.longest
        return due ? state.takeReady() : []
      }
      commit(ready)
      budget.release(cost)
    }
  }

  private func commit(_ outcomes: [MemberOutcome]) {
    guard !outcomes.isEmpty, failure == nil else { return }
    do throws(StoreError) {
      try ingest.store.commit(outcomes, to: set)
      state.withLock { state in
        for outcome in outcomes { state.counts.add(outcome.state) }
      }
    } catch {
      state.withLock { $0.failure = error }
    }
  }

  /// Waits until all members are stored; returns how they ended.
  func end() throws(StoreError) -> MemberCounts {
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
}

extension MemberCounts {
  fileprivate mutating func add(_ state: MemberOutcome.State) {
    switch state {
    case .done: done += 1
    case .rejected: rejected += 1
    case .ignored: ignored += 1
    }
  }
}

extension Line.State {
  fileprivate mutating func takeReady() -> [MemberOutcome] {
    committed = .now
    defer { ready.removeAll(keepingCapacity: true) }
    return ready
  }
}
