import StreetLedger

/// The body of a request with conditions on numbers beside its own fields, all in one JSON object.
struct ConditionedBody<Fields: Decodable>: Decodable {
  let fields: Fields
  /// The conditions on the numbers.
  let conditions: NumberConditions

  init(from decoder: any Decoder) throws {
    fields = try Fields(from: decoder)
    conditions = try NumberConditions(from: decoder)
  }
}

/// The fields of a request for items of the queue or of a sample.
struct ItemsFields: Decodable {
  /// The sample's id; nil for the queue by ascending confidence.
  var sample: String?
  var count: Int?
}

/// The fields of a request for a new sample.
struct SampleFields: Decodable {
  let size: Int
  var seed: String?
}

/// Conditions on numbers in a body; they correspond to those of `NumberFields` in a query.
struct NumberConditions: Decodable {
  private var number, prefix, like, image, archive: String?
  private var minimumConfidence, maximumConfidence: Double?

  private enum CodingKeys: String, CodingKey {
    case number, prefix, like, image, archive
    case minimumConfidence = "min_confidence"
    case maximumConfidence = "max_confidence"
  }

  /// The filter for the conditions.
  func filter() throws(WebError) -> NumberFilter {
    var form = WebForm()
    let fields: [(String, String?)] = [
      ("number", number), ("prefix", prefix), ("like", like), ("image", image), ("archive", archive),
      ("min_confidence", minimumConfidence.map { "\($0)" }), ("max_confidence", maximumConfidence.map { "\($0)" }),
    ]
    for (name, value) in fields { form = form.with(name, value) }
    return try NumberFields(api: form).filter
  }
}
