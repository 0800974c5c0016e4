import StreetCore
import StreetLedger

/// The conditions, order and page of numbers in a request.
struct NumberFields: Sendable {
  /// The conditions.
  var filter = NumberFilter()
  var order = BrowseOrder.place
  /// Whether texts are taken from reviews.
  var isReviewed = false
  /// The cursor at which the previous page ended.
  var cursor: String?
  /// The number of numbers per page.
  var limit = 50

  /// The maximum number of wildcards in a pattern, because each multiplies the cost of matching.
  private static let maximumWildcards = 8
  private static let maximumPatternBytes = 200

  /// The fields of the API, and the token that may be beside them.
  private static let apiNames: Set = [
    "number", "prefix", "like", "image", "archive", "min_confidence", "max_confidence", "review", "reviewed", "order",
    "limit", "cursor", "token",
  ]

  /// Refuses a request with a field that the API does not have: without its condition, the answer would be another.
  static func refuseUnknown(_ form: WebForm) throws(WebError) {
    if let unknown = form.fields.first(where: { !apiNames.contains($0.name) }) {
      throw .invalid(unknown.name, "there is no such field")
    }
  }

  /// The fields of the API: `number`, `prefix`, `like`, `image`, `archive`, `min_confidence`, `max_confidence`,
  /// `review`, `reviewed`, `order`, `limit`, `cursor`.
  init(api form: WebForm) throws(WebError) {
    try takeCommon(form)
    filter.number = try Self.digits(form, "number")
    filter.prefix = try Self.digits(form, "prefix")
    filter.like = try Self.likePattern(form, "like")
    filter.image = try Self.pattern(form, "image")
    filter.archive = try Self.pattern(form, "archive")
    limit = try Self.whole(form, "limit", in: 1...1_000) ?? limit
  }

  /// The fields of the page's form: `q` is a prefix of a number, a whole number if `match` is `exact`, or a pattern;
  /// `image` and `archive` are parts of names, or patterns; the others are those of the API.
  init(page form: WebForm) throws(WebError) {
    try takeCommon(form)
    if let text = form["q"]?.filter({ $0 != " " }), !text.isEmpty {
      if text.contains(where: { $0 == "*" || $0 == "?" }) {
        filter.like = try Self.likePattern(form, "q")
      } else if form["match"] == "exact" {
        filter.number = try Self.digits(form, "q")
      } else {
        filter.prefix = try Self.digits(form, "q")
      }
    }
    filter.image = try Self.pattern(form, "image").map(Self.anywhere)
    filter.archive = try Self.pattern(form, "archive").map(Self.anywhere)
    limit = 48
  }

  private mutating func takeCommon(_ form: WebForm) throws(WebError) {
    filter.minimumConfidence = try Self.share(form, "min_confidence") ?? filter.minimumConfidence
    filter.maximumConfidence = try Self.share(form, "max_confidence") ?? filter.maximumConfidence
    filter.review = try Self.choice(form, "review")
    order = try Self.choice(form, "order") ?? order
    isReviewed = try Self.flag(form, "reviewed")
    cursor = form["cursor"]
  }

  private static func anywhere(_ text: String) -> String {
    text.contains { $0 == "*" || $0 == "?" } ? text : "*\(text)*"
  }

  static func digits(_ form: WebForm, _ name: String) throws(WebError) -> String? {
    guard let text = form[name] else { return nil }
    guard text.utf8.count <= 6, text.allSatisfy({ ("0"..."9").contains($0) }) else {
      throw .invalid(name, "it takes one to six digits")
    }
    return text
  }

  private static func likePattern(_ form: WebForm, _ name: String) throws(WebError) -> String? {
    guard let text = try pattern(form, name) else { return nil }
    guard text.allSatisfy({ ("0"..."9").contains($0) || $0 == "*" || $0 == "?" }) else {
      throw .invalid(name, "it takes digits, * for any digits and ? for one")
    }
    return text
  }

  static func pattern(_ form: WebForm, _ name: String) throws(WebError) -> String? {
    guard let text = form[name] else { return nil }
    guard text.utf8.count <= maximumPatternBytes, text.count(where: { $0 == "*" }) <= maximumWildcards,
      !text.unicodeScalars.contains("\0")
    else { throw .invalid(name, "it takes at most \(maximumPatternBytes) bytes with \(maximumWildcards) asterisks") }
    return text
  }

  private static func share(_ form: WebForm, _ name: String) throws(WebError) -> Int? {
    guard let text = form[name] else { return nil }
    guard text.utf8.count <= 20, let share = Double(text), (0...1).contains(share) else {
      throw .invalid(name, "it takes a number from 0 to 1")
    }
    return Confidence.least(share)
  }

  static func whole(_ form: WebForm, _ name: String, in range: ClosedRange<Int>) throws(WebError) -> Int? {
    guard let text = form[name] else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw .invalid(name, "it takes a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  static func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ form: WebForm, _ name: String
  ) throws(WebError) -> Choice? {
    guard let text = form[name] else { return nil }
    guard let choice = Choice(rawValue: text) else {
      throw .invalid(name, "it takes one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return choice
  }

  static func flag(_ form: WebForm, _ name: String) throws(WebError) -> Bool {
    switch form[name] {
    case nil, "false": false
    case "true": true
    default: throw .invalid(name, "it takes true or false")
    }
  }
}
