import DigitNet
import StreetCore
import StreetFormats
import StreetLedger

/// Encodes the objects of the API.
enum APIJSON {
  static func array(_ box: Box) -> String { JSON.array(box.list.map(String.init)) }
  static func flag(_ value: Bool) -> String { value ? "true" : "false" }
  static func whole(_ value: Int?) -> String { value.map(String.init) ?? "null" }

  static func number(_ number: BrowsedNumber) -> String {
    let found = number.found
    let crop = number.imageSHA256.map { "/crops/\($0)/\(found.number.box.address).jpg" }
    return JSON.object([
      ("archive", JSON.string(found.archive)), ("archive_sha256", JSON.string(found.archiveSHA256)),
      ("image", JSON.string(found.image)), ("ordinal", whole(found.ordinal)), ("width", String(found.width)),
      ("height", String(found.height)), ("number", JSON.string(found.number.text)),
      ("confidence", Confidence.text(found.number.confidence)), ("box", array(found.number.box)),
      ("digits", JSONFormat.array(found.number.digits)), ("image_sha256", JSON.string(number.imageSHA256)),
      ("crop", JSON.string(crop)), ("state", JSON.string(number.state?.rawValue)), ("differs", flag(number.differs)),
      ("reviewer", JSON.string(found.review?.reviewer)), ("read_number", JSON.string(found.review?.readNumber)),
    ])
  }

  static func decision(_ decision: Decision) -> String {
    let text: String? =
      switch decision.verdict {
      case .corrected(let text), .missed(let text): text
      default: nil
      }
    let undoes: String? = if case .undo(let id) = decision.verdict { id } else { nil }
    return JSON.object([
      ("id", JSON.string(decision.id)), ("picture", JSON.string(decision.picture)),
      ("counter", String(decision.counter)),
      ("reviewer", JSON.string(decision.reviewer)), ("verdict", JSON.string(decision.verdict.kind.rawValue)),
      ("box", decision.box.map(array) ?? "null"), ("shown", JSON.string(decision.shown)), ("text", JSON.string(text)),
      ("undoes", JSON.string(undoes)), ("decided_at", JSON.string(decision.decidedAt)),
      ("mode", JSON.string(decision.mode.name)), ("sample", JSON.string(decision.mode.sample)),
    ])
  }

  static func picture(_ picture: PictureReview) -> String {
    JSON.object([
      ("sha256", JSON.string(picture.sha256)), ("width", String(picture.size.width)),
      ("height", String(picture.size.height)),
      (
        "places",
        JSON.array(
          picture.places.map { place in
            JSON.object([
              ("archive", JSON.string(place.archive)), ("archive_sha256", JSON.string(place.archiveSHA256)),
              ("image", JSON.string(place.image)), ("ordinal", String(place.ordinal)),
              ("model", JSON.string(place.model)),
            ])
          })
      ),
      (
        "numbers",
        JSON.array(
          picture.spots.map { spot in
            JSON.object([
              ("number", JSON.string(spot.text)), ("box", array(spot.box)),
              ("read_number", JSON.string(spot.reading?.text)),
              ("confidence", spot.reading.map { Confidence.text($0.confidence) } ?? "null"),
              ("state", JSON.string(spot.state?.rawValue)), ("differs", flag(spot.differs)),
              ("reviewers", JSON.array(spot.claims.map { JSON.string($0.reviewer) })),
            ])
          })
      ), ("complete", flag(picture.completion != nil)), ("decisions", JSON.array(picture.decisions.map(decision))),
    ])
  }

  static func source(_ source: BrowsedSource) -> String {
    JSON.object([
      ("identity", JSON.string(source.identity)), ("kind", JSON.string(source.kind)),
      ("name", JSON.string(source.name)),
      ("sha256", JSON.string(source.sha256)), ("completed_at", JSON.string(source.completedAt)),
      ("members", whole(source.memberCount)), ("numbers", String(source.numberCount)),
      ("reason", reason(source.reason)),
      ("model", JSON.string(source.model)),
    ])
  }

  static func member(_ member: BrowsedMember) -> String {
    JSON.object([
      ("archive", JSON.string(member.archive)), ("source", JSON.string(member.source)),
      ("ordinal", String(member.ordinal)),
      ("image", JSON.string(member.image)), ("sha256", JSON.string(member.sha256)),
      ("state", JSON.string(member.state)),
      ("reason", reason(member.reason)),
    ])
  }

  static func run(_ run: LedgerOverview.PastRun) -> String {
    JSON.object([
      ("command", JSON.string(run.command)), ("started_at", JSON.string(run.startedAt)),
      ("seconds", run.seconds.map { String(max(0, Int($0.rounded()))) } ?? "null"), ("exit_code", whole(run.exitCode)),
    ])
  }

  static func sample(_ sample: RandomSample, _ estimate: PrecisionEstimate? = nil) -> String {
    var members: [(key: String, json: String)] = [
      ("id", JSON.string(sample.id)), ("seed", JSON.string(sample.seed)), ("population", String(sample.population)),
      ("size", String(sample.size)), ("created_at", JSON.string(sample.createdAt)),
    ]
    if let estimate {
      let share = estimate.precision
      members += [
        ("right", String(share.hits)), ("decided", String(share.count)), ("open", String(estimate.open)),
        ("skipped", String(estimate.skipped)),
        ("interval", JSON.array([share.interval.lowerBound, share.interval.upperBound].map(ratio))),
      ]
    }
    return JSON.object(members)
  }

  private static func ratio(_ value: Double) -> String { Confidence.text(Int((value * 10_000).rounded())) }

  private static func reason(_ reason: Reason?) -> String {
    reason.map { JSON.object([("id", JSON.string($0.id)), ("message", JSON.string($0.message))]) } ?? "null"
  }
}
