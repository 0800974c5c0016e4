import Foundation
import StreetCore
import StreetFormats
import StreetLedger

/// The API: JSON under `/api`, as described by `/api/openapi.json`.
extension Site {
  func api(_ request: WebRequest) throws -> WebResponse {
    let path = Array(request.path.dropFirst())
    let method = request.method == "HEAD" ? "GET" : request.method
    switch (path.first, path.count) {
    case ("openapi.json", 1):
      try Self.allow("GET", method)
      return .json(String(decoding: PageFile.all["openapi.json"]?.bytes ?? [], as: UTF8.self))
    case ("numbers", 1):
      try Self.allow("GET", method)
      return try numbers(request.query)
    case ("confidences", 1):
      try Self.allow("GET", method)
      return try confidences()
    case ("pictures", 2):
      try Self.allow("GET", method)
      return try picture(path[1])
    case ("sources", 1), ("members", 1), ("runs", 1):
      try Self.allow("GET", method)
      return try list(path[0], request.query)
    case ("samples", 1):
      if method == "POST" { return try makeSample(Self.body(of: request)) }
      try Self.allow("GET", method, also: "POST")
      return .json(Self.named("samples", try readers.read { try $0.samples() }.map { APIJSON.sample($0) }))
    case ("samples", 2):
      try Self.allow("GET", method)
      return try sample(path[1])
    case ("review", 2) where path[1] == "items":
      try Self.allow("POST", method)
      return try items(Self.body(of: request))
    case ("review", 2) where path[1] == "last":
      try Self.allow("GET", method)
      return try lastDecision()
    case ("decisions", 1):
      try Self.allow("POST", method)
      return try decide(Self.body(of: request))
    case ("decisions", 3) where path[2] == "undo":
      try Self.allow("POST", method)
      return try undo(path[1], Self.body(of: request))
    default: throw WebError.notFound
    }
  }

  private static func allow(_ method: String, _ used: String, also other: String? = nil) throws(WebError) {
    guard used == method else {
      throw .methodNotAllowed([method, other].compactMap(\.self).joined(separator: " and "))
    }
  }

  /// Decodes a JSON body. The media type is required, because a page of another site can't send it without a preflight
  /// request.
  private static func body<Body: Decodable>(of request: WebRequest) throws(WebError) -> Body {
    guard request.header("content-type")?.prefix(while: { $0 != ";" }).lowercased() == "application/json" else {
      throw WebError(415, "server.media_type", "The body must be application/json.")
    }
    do {
      return try JSONDecoder().decode(Body.self, from: Data(request.body))
    } catch {
      throw .unreadable(error)
    }
  }

  /// An object with one list and the cursor of the next page.
  private static func named(_ name: String, _ values: [String], next: String?? = .none) -> String {
    JSON.object([(name, JSON.array(values))] + (next.map { [("next", JSON.string($0))] } ?? []))
  }

  private func numbers(_ query: WebForm) throws -> WebResponse {
    try NumberFields.refuseUnknown(query)
    let fields = try NumberFields(api: query)
    let (page, count) = try readers.read { store in
      (
        try store.browse(
          fields.filter, order: fields.order, reviewed: fields.isReviewed, after: fields.cursor, limit: fields.limit,
          names: names),
        try store.count(fields.filter, reviewed: fields.isReviewed, names: names, within: Self.countingTime)
      )
    }
    return .json(
      JSON.object([
        ("numbers", JSON.array(page.numbers.map(APIJSON.number))), ("next", JSON.string(page.next)),
        ("count", JSON.object([("value", String(count.value)), ("exact", APIJSON.flag(count.isExact))])),
      ]))
  }

  private func confidences() throws -> WebResponse {
    let counts = try readers.read { try $0.confidenceCounts() }
    return .json(
      JSON.object([
        ("counts", JSON.array(counts.counts.map(String.init))), ("totals", JSON.array(counts.totals.map(String.init))),
      ]))
  }

  private func picture(_ name: String) throws -> WebResponse {
    let sha256 = try Self.digest(of: name, ending: "")
    guard let picture = try readers.read({ try $0.pictureReview(sha256) }) else { throw WebError.notFound }
    return .json(APIJSON.picture(picture))
  }

  private func list(_ name: String, _ query: WebForm) throws -> WebResponse {
    try NumberFields.refuseUnknown(query)
    let fields = try NumberFields(api: query)
    switch name {
    case "sources":
      let page = try readers.read { store in
        try store.browseSources(archive: fields.filter.archive, after: fields.cursor, limit: fields.limit)
      }
      return .json(Self.named("sources", page.rows.map(APIJSON.source), next: page.next))
    case "members":
      let state: MemberState? = try NumberFields.choice(query, "state")
      let reason = try NumberFields.pattern(query, "reason")
      let page = try readers.read { store in
        try store.browseMembers(
          state: state?.rawValue, reason: reason, image: fields.filter.image, archive: fields.filter.archive,
          after: fields.cursor, limit: fields.limit)
      }
      return .json(Self.named("members", page.rows.map(APIJSON.member), next: page.next))
    default: return .json(Self.named("runs", try readers.read { try $0.pastRuns() }.map(APIJSON.run)))
    }
  }

  private enum MemberState: String, CaseIterable {
    case done, rejected, ignored, pending
  }
}
