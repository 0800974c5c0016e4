import DigitNet
import StreetCore
import StreetFormats
import StreetLedger

/// The part of the API for reviewing.
extension Site {
  func items(_ body: ConditionedBody<ItemsFields>) throws -> WebResponse {
    let reviewing = try reviewing()
    let (filter, count) = (try body.conditions.filter(), body.fields.count ?? 10)
    guard 1...100 ~= count else { throw WebError.invalid("count", "it takes a whole number from 1 to 100") }
    let items = try readers.read { store in
      try reviewing.nextItems(filter, sample: body.fields.sample, count: count, from: store)
    }
    return .json(JSON.object([("items", JSON.array(items.map { ShownItem($0).json }))]))
  }

  func decide(_ body: DecisionBody) throws -> WebResponse {
    let reviewing = try reviewing()
    do {
      return .json(APIJSON.decision(try reviewing.decide(body.request(by: reviewing.reviewer))), status: 201)
    } catch let error as StoreError where error.code == .staleReading {
      let item = try body.box.flatMap { list in try itemNow(body.picture, list) }
      return .json(
        JSON.object([
          ("error", Self.json(Reason(id: error.code.rawValue, message: error.message))),
          ("item", item.map(\.json) ?? "null"),
        ]), status: 409)
    }
  }

  func undo(_ id: String, _ body: UndoBody) throws -> WebResponse {
    let undone = try reviewing().undo(id, id: body.id)
    return .json(
      JSON.object([
        ("decision", APIJSON.decision(undone.undo)), ("undone", undone.undone.map(APIJSON.decision) ?? "null"),
      ]), status: 201)
  }

  func lastDecision() throws -> WebResponse {
    let reviewer = try reviewing().reviewer
    let last = try readers.read { store -> (Decision, ShownItem?)? in
      guard let decision = try store.lastDecision(of: reviewer) else { return nil }
      let picture = try store.pictureReview(decision.picture)
      return (decision, decision.box.flatMap { box in picture.flatMap { Self.item($0, at: box, of: decision) } })
    }
    return .json(
      JSON.object([
        ("decision", last.map { APIJSON.decision($0.0) } ?? "null"),
        ("item", last.flatMap { $0.1.map(\.json) } ?? "null"),
      ]))
  }

  func makeSample(_ body: ConditionedBody<SampleFields>) throws -> WebResponse {
    let reviewing = try reviewing()
    guard 1...10_000 ~= body.fields.size else {
      throw WebError.invalid("size", "it takes a whole number from 1 to 10000")
    }
    guard (1...100).contains((body.fields.seed ?? "-").unicodeScalars.count) else {
      throw WebError.invalid("seed", "it takes 1 to 100 characters")
    }
    return .json(
      APIJSON.sample(
        try reviewing.makeSample(body.conditions.filter(), size: body.fields.size, seed: body.fields.seed)), status: 201
    )
  }

  func sample(_ id: String) throws -> WebResponse {
    let json = try readers.read { store -> String in
      guard let sample = try store.samples().first(where: { $0.id == id }) else { throw WebError.notFound }
      return APIJSON.sample(sample, try store.precisionEstimate(ofSample: id))
    }
    return .json(json)
  }

  static func json(_ reason: Reason) -> String {
    JSON.object([("id", JSON.string(reason.id)), ("message", JSON.string(reason.message))])
  }

  /// The item that is currently read at a box; nil if there is none.
  private func itemNow(_ sha256: String, _ list: [Int]) throws -> ShownItem? {
    guard list.count == 4 else { return nil }
    let box = Box(left: list[0], top: list[1], width: list[2], height: list[3])
    return try readers.read { try $0.pictureReview(sha256) }.flatMap { Self.item($0, at: box, of: nil) }
  }

  /// The number of a picture with the largest overlap with a box, as an item. A number that was added has a decision
  /// and no reading.
  private static func item(_ picture: PictureReview, at box: Box, of decision: Decision?) -> ShownItem? {
    let spot = picture.spots.filter { $0.box.intersectionOverUnion(box) >= Box.sameThing }
      .max { $0.box.intersectionOverUnion(box) < $1.box.intersectionOverUnion(box) }
    guard let spot, let place = picture.places.first, let shown = spot.reading?.text ?? decision?.text else {
      return nil
    }
    return ShownItem(
      picture: picture.sha256, size: picture.size, box: spot.box, shown: shown,
      confidence: spot.reading?.confidence ?? Confidence.one, archive: place.archive, image: place.image)
  }
}
