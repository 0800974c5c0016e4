import DigitNet
import Foundation
import GRDB
package import StreetCore

/// Storing decisions, each in one short transaction that survives a power failure.
extension Store {
  /// Stores a decision with the picture's next counter. If there is a decision with the same id, it is returned
  /// unchanged.
  ///
  /// - Throws: `review.stale` if the text shown is no longer the newest result set's reading at that box, nor a
  ///   reviewer's addition there; `review.unknown_picture`; `review.unknown_sample`; `review.undecided` if a picture is
  ///   marked as complete while a number with at least the default confidence is undecided; `review.malformed`;
  ///   `store.busy` if another process writes for longer than the busy timeout; and the other errors of writing.
  package func decide(_ request: DecisionRequest) throws(StoreError) -> Decision {
    if let fault = request.fault { throw .malformedDecision(path, fault) }
    return try write { db in
      if let id = request.id, let known = try Self.decision(id: id, db) {
        guard known.picture == request.picture, known.verdict == request.verdict, known.reviewer == request.reviewer
        else {
          throw StoreError.malformedDecision(path, "another decision has its id")
        }
        return known
      }
      let judged = try judgedReading(request, db)
      let decision = try Self.append(request.verdict, to: request.picture, request.reviewer, db) { decision in
        if let id = request.id { decision.id = id }
        (decision.box, decision.shown, decision.mode) = (request.box, request.shown, request.mode)
        (decision.model, decision.method) = (judged?.model, judged?.method)
      }
      try Self.applyDecisions(toPicture: request.picture, db)
      return decision
    }
  }

  /// Undoes a decision, whoever made it, by appending a row; decisions that it had overruled apply again. Undoing an
  /// undo restores the decision that it had undone.
  ///
  /// - Parameter id: As in ``DecisionRequest``.
  /// - Throws: `review.unknown_decision` if there is no decision with that id, or it is already undone;
  ///   `review.malformed`; and the other errors of writing.
  package func undo(
    _ decision: String, by reviewer: String, id: String? = nil, mode: ReviewMode = .browse
  ) throws(StoreError) -> Decision {
    let request = DecisionRequest(id: id, picture: "", verdict: .complete, reviewer: reviewer)
    if let fault = request.fault { throw .malformedDecision(path, fault) }
    return try write { db in
      if let id, let known = try Self.decision(id: id, db) {
        guard known.verdict == .undo(decision), known.reviewer == reviewer else {
          throw StoreError.malformedDecision(path, "another decision has its id")
        }
        return known
      }
      guard let target = try Self.decision(id: decision, db) else { throw StoreError.unknownDecision(path, decision) }
      let all = try Self.decisions(ofPicture: target.picture, db)
      guard all.counting().contains(decision) else { throw StoreError.unknownDecision(path, decision) }
      let undo = try Self.append(.undo(decision), to: target.picture, reviewer, db) { undo in
        if let id { undo.id = id }
        undo.mode = mode
      }
      try Self.applyDecisions(toPicture: target.picture, db)
      return undo
    }
  }

  /// The reading that a request judges, which must still exist; nil if it judges none.
  private func judgedReading(_ request: DecisionRequest, _ db: Database) throws -> JudgedReading? {
    if case .sample(let id) = request.mode {
      let isKnown = try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM samples WHERE id = ?)", arguments: [id])
      guard isKnown == true else { throw StoreError.unknownSample(path, id) }
    }
    let members = try Self.newestMembers(ofPicture: request.picture, db)
    guard let size = members.first?.size else { throw StoreError.unknownPicture(path, request.picture) }
    if let box = request.box, box.right > size.width || box.bottom > size.height {
      throw StoreError.malformedDecision(path, "its box extends beyond the picture")
    }
    let decisions = try Self.decisions(ofPicture: request.picture, db)
    if request.verdict == .complete {
      let undecided = members.flatMap { Resolution(decisions, readings: $0.readings).spots }
        .filter { $0.claims.isEmpty && $0.reading?.confidence ?? 0 >= Confidence.usual }.compactMap(\.text)
      guard undecided.isEmpty else { throw StoreError.undecided(path, undecided) }
    }
    guard let box = request.box, let shown = request.shown else { return nil }
    var now: String?
    for member in members {
      let resolution = Resolution(decisions, readings: member.readings)
      guard let place = resolution.place(of: box) else { continue }
      let spot = resolution.spots[place]
      now = now ?? spot.reading?.text ?? spot.text
      if let reading = spot.reading, reading.text == shown {
        return JudgedReading(model: member.model, method: member.method)
      }
      if spot.reading == nil, spot.claims.contains(where: { $0.text == shown }) { return nil }
    }
    throw StoreError.stale(path, shown: shown, now: now)
  }

  private struct JudgedReading {
    let model, method: String
  }

  private static func append(
    _ verdict: Verdict, to picture: String, _ reviewer: String, _ db: Database, _ fill: (inout Decision) -> Void
  ) throws -> Decision {
    let now = try String.fetchOne(db, sql: "SELECT \(now)") ?? ""
    let last = try Row.fetchOne(db, sql: "SELECT max(counter) FROM decisions WHERE sha256 = ?", arguments: [picture])
    var decision = Decision(
      id: UUID().uuidString.lowercased(), picture: picture, counter: 1 + (try last?.optionalAmount(0) ?? 0),
      reviewer: reviewer,
      verdict: verdict, box: nil, shown: nil, decidedAt: now, mode: .browse, model: nil, method: nil)
    fill(&decision)
    try insert(decision, db)
    return decision
  }

  static func insert(_ decision: Decision, _ db: Database) throws {
    let (text, undoes): (String?, String?) =
      switch decision.verdict {
      case .corrected(let text), .missed(let text): (text, nil)
      case .undo(let id): (nil, id)
      case .confirmed, .notANumber, .complete, .skipped: (nil, nil)
      }
    let box = decision.box
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO decisions (\(decisionColumns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(
      arguments: [
        decision.id, decision.picture, decision.counter, decision.reviewer, decision.verdict.kind.rawValue,
        box?.left, box?.top, box?.width, box?.height, decision.shown, text, undoes, decision.decidedAt,
        decision.mode.name, decision.mode.sample, decision.model, decision.method,
      ])
  }
}

extension Sequence<Decision> {
  /// The ids of the decisions and undos that are not undone.
  fileprivate func counting() -> Set<String> {
    var (undone, counting): (Set<String>, Set<String>) = ([], [])
    for decision in sorted(by: >) where !undone.contains(decision.id) {
      counting.insert(decision.id)
      if case .undo(let id) = decision.verdict { undone.insert(id) }
    }
    return counting
  }
}
