import Crypto
import DigitNet
import StreetCore
import StreetImages
import StreetLedger
import StreetReading
import Synchronization

/// Computes and stores the members of one source that its reader hands in: workers, and one writer in order.
final class MemberPipeline: Sendable {
  private let ingest: Ingest
  private let set: ResultSet
  private let budget: ByteBudget
  private let workers: WorkerPool
  private let writer: OrderedWriter
  private let state: Mutex<State>

  /// Members in flight, however small, and outcomes that wait for those before them.
  private static let mostInFlight = 512

  private struct State {
    /// Members taken.
    var taken = 0
    /// Members that were read since the last one was written down.
    var survived: [Int] = []

    mutating func takeSurvived() -> [Int] {
      defer { survived.removeAll(keepingCapacity: true) }
      return survived
    }
  }

  init(_ ingest: Ingest, _ set: ResultSet) {
    self.ingest = ingest
    self.set = set
    budget = ByteBudget(limit: ingest.options.memory, items: MemberPipeline.mostInFlight)
    workers = WorkerPool(width: ingest.options.jobs)
    writer = OrderedWriter(ingest, set)
    state = Mutex(State())
  }

  /// Why nothing more can be done, or nil.
  var failure: (any Error)? { writer.failure }

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
    case .alias(let target):
      budget.acquire(0)
      deliver(.alias(member, of: target), place, cost: 0, progress)
    case .bytes(let bytes):
      do {
        try take(member, bytes, hexadecimal(SHA256.hash(data: bytes)), place, progress)
      } catch {
        writer.fail(error)
      }
    }
  }

  private func take(_ member: Member, _ bytes: [UInt8], _ sha256: String, _ place: Int, _ progress: Double?) throws {
    let known = try ingest.store.knownOutcome(sha256: sha256, method: ingest.method)
    if let known, known.rules >= MemberRules.revision {
      return pass(MemberOutcome(member, sha256: sha256, state: known.state), place, progress)
    }
    if let begun = set.pending[member.ordinal], begun > 0 {
      return try takeAgain(member, bytes, sha256, begun, place, progress)
    }
    try note(member)
    do throws(ImageError) {
      let picture = try CodedImage(bytes, limits: ingest.options.images)
      state.withLock { $0.survived.append(member.ordinal) }
      if let known, MemberRules.isTurned(known.size, as: picture.header) {
        return pass(MemberOutcome(member, sha256: sha256, state: known.state), place, progress)
      }
      compute(member, sha256, picture, place, progress)
    } catch {
      pass(MemberOutcome(member, sha256: sha256, state: .rejected(Reason(error))), place, progress)
    }
  }

  private func note(_ member: Member) throws(StoreError) {
    try ingest.store.note(member, survived: { state.withLock { $0.takeSurvived() } }, in: set)
  }

  /// Hands on what needs no computing.
  private func pass(_ outcome: MemberOutcome, _ place: Int, _ progress: Double?) {
    budget.acquire(0)
    deliver(.outcome(outcome, pixels: 0), place, cost: 0, progress)
  }

  private func compute(_ member: Member, _ sha256: String, _ picture: CodedImage, _ place: Int, _ progress: Double?) {
    let cost = picture.cost(enlargedBelow: ingest.reader.detector.parameters.enlargedBelow)
    budget.acquire(cost)
    workers.submit { [self] in
      // What waits for a lane when a run is told to stop is not begun.
      guard failure == nil, !ingest.stop.isRaised else { return skip(place, cost) }
      do throws(StoreError) {
        try note(member)
        Failpoint.memberNoted.reach()
        let reading = read(picture)
        let outcome = MemberOutcome(member, sha256: sha256, state: reading.state, crops: reading.crops)
        Failpoint.memberEnded.reach()
        state.withLock { $0.survived.append(member.ordinal) }
        deliver(.outcome(outcome, pixels: picture.header.pixels), place, cost: cost, progress)
      } catch {
        writer.fail(error)
        skip(place, cost)
      }
    }
  }

  /// Gives up a member that was taken.
  private func skip(_ place: Int, _ cost: Int) {
    writer.skip(place)
    budget.release(bytes: cost)
    budget.releaseItem()
  }

  /// Takes a member that was begun before and did not end. Nothing else is in hand with it.
  private func takeAgain(
    _ member: Member, _ bytes: [UInt8], _ sha256: String, _ begun: Int, _ place: Int, _ progress: Double?
  ) throws {
    budget.drain()
    try note(member)
    let ended: MemberReading
    switch try ingest.isolation?.picture(bytes) {
    case .told(let state, let crops): ended = MemberReading(state: state, crops: crops)
    case .crashed(let how): ended = .rejected(.crashed(" (\(how))"))
    case .timedOut: ended = .rejected(Reason(.timedOut(after: ingest.options.memberTimeout)))
    case nil where begun > 1: ended = .rejected(.crashed(""))
    case nil:
      do throws(ImageError) {
        ended = read(try CodedImage(bytes, limits: ingest.options.images))
      } catch {
        ended = .rejected(Reason(error))
      }
    }
    pass(MemberOutcome(member, sha256: sha256, state: ended.state, crops: ended.crops), place, progress)
  }

  private func read(_ picture: CodedImage) -> MemberReading {
    do throws(ImageError) {
      // Where there are fewer pictures than lanes, a picture takes the others' share, too.
      return try ingest.reader.reading(
        of: picture.due(Deadline(in: ingest.options.memberTimeout)), threads: 1 + workers.idle,
        crops: ingest.options.crops)
    } catch {
      return .rejected(Reason(error))
    }
  }

  /// Hands the writer what has ended. Its bytes are free now; its outcome may have to wait for those before it.
  private func deliver(_ ended: OrderedWriter.Ended, _ place: Int, cost: Int, _ progress: Double?) {
    budget.release(bytes: cost)
    writer.put(ended, at: place, progress: progress) { [budget] in budget.releaseItem() }
  }

  /// Waits until all members are stored; returns how they ended.
  func end() throws -> MemberCounts {
    budget.drain()
    return try writer.end()
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

extension MemberReading {
  fileprivate static func rejected(_ reason: Reason) -> MemberReading { MemberReading(state: .rejected(reason)) }
}
