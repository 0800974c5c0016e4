import Crypto
import DigitNet
import StreetCore
import StreetImages
import StreetLedger
import StreetPositions
import StreetReading
import Synchronization

/// Processes and stores the members of one source: workers read pictures, and one writer stores outcomes in order.
final class MemberPipeline: Sendable {
  private let ingest: Ingest
  private let set: ResultSet
  private let budget: ByteBudget
  private let workers: WorkerPool
  private let writer: OrderedWriter
  /// The number of members received.
  private let taken = Atomic(0)

  /// The maximum number of members in flight, of any size, including outcomes that wait for earlier ones.
  private static let maximumInFlight = 512

  init(_ ingest: Ingest, _ set: ResultSet) {
    self.ingest = ingest
    self.set = set
    budget = ByteBudget(limit: ingest.options.memory, items: MemberPipeline.maximumInFlight)
    workers = WorkerPool(width: ingest.options.jobs)
    writer = OrderedWriter(ingest, set)
  }

  /// The error that stops the pipeline; nil if there is none.
  var failure: (any Error)? { writer.failure }

  /// Receives the next member, which ends at `progress` of its source. Waits until the budget admits it; only the
  /// reader may call it.
  func take(_ member: Member, progress: Double?) {
    let place = taken.add(1, ordering: .relaxed).oldValue
    switch member.content {
    case .rejected(let reason): pass(MemberOutcome(member, state: .rejected(reason)), place, progress)
    case .ignored(let reason): pass(MemberOutcome(member, state: .ignored(reason)), place, progress)
    case .alias(let target):
      budget.acquire(0)
      deliver(.alias(member, of: target), place, begun: nil, cost: 0, progress)
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
    let isKnown = known.map { $0.rules >= MemberRules.revision } ?? false
    if isKnown, let known, set.pending[member.ordinal] ?? 0 > 0 {
      // Reading the position may be what crashed a run, so it is not tried again.
      return pass(
        MemberOutcome(member, sha256: sha256, state: known.state), place, isNew: isOwn(known), progress)
    }
    if let begun = set.pending[member.ordinal], begun > 0 {
      return try takeAgain(member, bytes, sha256, begun, place, progress)
    }
    // The cost is estimated from the stated size, because no library may read the bytes before the member is recorded
    // as in progress.
    let cost =
      isKnown
      ? bytes.count : CodedImage.cost(of: bytes, limits: ingest.options.images, enlargedBelow: enlargedBelow)
    budget.acquire(cost)
    let begun = Begun(member: member, bytes: bytes, sha256: sha256, known: known, place: place, progress: progress)
    writer.begin(member) { [self] in workers.submit { [self] in read(begun, cost: cost) } }
  }

  /// A member that is recorded as in progress before it is read.
  private struct Begun: Sendable {
    let member: Member
    let bytes: [UInt8]
    let sha256: String
    /// The outcome of the same bytes under the current or earlier rules.
    let known: KnownOutcome?
    let place: Int
    let progress: Double?
  }

  private var enlargedBelow: Int { ingest.reader.detector.parameters.enlargedBelow }

  /// Reads a member on a lane.
  private func read(_ begun: Begun, cost: Int) {
    // A member that is still waiting for a lane when the run is stopped is not started.
    guard failure == nil, !ingest.stop.isRaised else {
      writer.skip(begun.place, begun: begun.member.ordinal)
      budget.release(bytes: cost)
      return budget.releaseItem()
    }
    Failpoint.memberNoted.reach()
    var (left, pixels, isNew) = (cost, 0, true)
    var ended: MemberReading
    do throws(ImageError) {
      if let known = begun.known, known.rules >= MemberRules.revision {
        (ended, isNew) = (MemberReading(state: known.state), isOwn(known))
      } else {
        let picture = try CodedImage(begun.bytes, limits: ingest.options.images)
        if let known = begun.known, MemberRules.isTurned(known.size, as: picture.header) {
          (ended, isNew) = (MemberReading(state: known.state), isOwn(known))
        } else {
          pixels = picture.header.pixels
          left = min(picture.cost(enlargedBelow: enlargedBelow), cost)
          budget.release(bytes: cost - left)
          ended = read(picture)
        }
      }
    } catch {
      ended = .rejected(Reason(error))
    }
    if case .done = ended.state { ended.statements = statements(in: begun.bytes) }
    Failpoint.memberEnded.reach()
    let outcome = MemberOutcome(begun.member, sha256: begun.sha256, ended)
    deliver(
      .outcome(outcome, pixels: pixels, isNew: isNew), begun.place, begun: outcome.ordinal, cost: left,
      begun.progress)
  }

  /// Whether a known outcome is that of another member of the set that is being read. Whether this one is known by then
  /// depends on the workers, so it counts as read.
  private func isOwn(_ known: KnownOutcome) -> Bool { known.set == set.id }

  /// Passes on a member that needs no reading.
  private func pass(
    _ outcome: MemberOutcome, _ place: Int, begun: Int? = nil, isNew: Bool = true, _ progress: Double?
  ) {
    budget.acquire(0)
    deliver(.outcome(outcome, pixels: 0, isNew: isNew), place, begun: begun, cost: 0, progress)
  }

  /// Reads a member that an earlier run started and did not finish. Nothing else is in flight meanwhile.
  private func takeAgain(
    _ member: Member, _ bytes: [UInt8], _ sha256: String, _ begun: Int, _ place: Int, _ progress: Double?
  ) throws {
    budget.drain()
    try writer.noteAlone(member)
    var ended: MemberReading
    switch try ingest.isolation?.picture(bytes) {
    case .told(let state, let crops, let statements):
      ended = MemberReading(
        state: state, crops: crops,
        statements: ingest.options.positions.isOn
          ? statements?.map { $0.zoned(ingest.options.positions.timeZone) } : nil)
    case .crashed(let how): ended = .rejected(.crashed(" (\(how))"))
    case .timedOut: ended = .rejected(.hung)
    case nil where begun > 1: ended = .rejected(.crashed(""))
    case nil:
      do throws(ImageError) {
        ended = read(try CodedImage(bytes, limits: ingest.options.images))
        if case .done = ended.state { ended.statements = statements(in: bytes) }
      } catch {
        ended = .rejected(Reason(error))
      }
    }
    let outcome = MemberOutcome(member, sha256: sha256, ended)
    pass(outcome, place, begun: member.ordinal, progress)
  }

  /// The geotag statements in a picture's bytes; nil if they are not stored.
  private func statements(in bytes: [UInt8]) -> [GeotagStatement]? {
    ingest.options.positions.isOn ? ingest.options.positions.reader.statements(in: bytes) : nil
  }

  private func read(_ picture: CodedImage) -> MemberReading {
    do throws(ImageError) {
      // If there are fewer pictures than lanes, a picture uses the idle lanes too.
      return try ingest.reader.reading(
        of: picture.due(Deadline(in: ingest.options.memberTimeout)), threads: 1 + workers.idle,
        crops: ingest.options.crops)
    } catch {
      return .rejected(Reason(error))
    }
  }

  /// Passes an outcome to the writer and releases the member's bytes. The outcome may have to wait for earlier ones.
  private func deliver(
    _ ended: OrderedWriter.Ended, _ place: Int, begun: Int?, cost: Int, _ progress: Double?
  ) {
    budget.release(bytes: cost)
    writer.put(ended, at: place, begun: begun, progress: progress) { [budget] in budget.releaseItem() }
  }

  /// Waits until all members are stored; returns the number of members in each state.
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
      message: "The program crashed twice while reading it\(how); please report it")
  }

  /// A process that read only this member did not end.
  fileprivate static let hung = Reason(
    id: "member.timed_out",
    message: "The process that read it alone did not end in time and was killed; the next run tries again")
}

extension MemberOutcome {
  fileprivate init(_ member: Member, sha256: String, _ reading: MemberReading) {
    self.init(
      member, sha256: sha256, state: reading.state, crops: reading.crops, statements: reading.statements)
  }
}

extension MemberReading {
  fileprivate static func rejected(_ reason: Reason) -> MemberReading { MemberReading(state: .rejected(reason)) }
}
