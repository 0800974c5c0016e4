import StreetLedger

/// The body of a request for items of the queue or of a sample.
struct ItemsBody: Decodable {
  /// The sample's id; nil for the queue by ascending confidence.
  var sample: String?
  var count: Int?
  /// The conditions on the numbers.
  let conditions: NumberConditions

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    sample = try fields.decodeIfPresent(String.self, forKey: .sample)
    count = try fields.decodeIfPresent(Int.self, forKey: .count)
    conditions = try NumberConditions(from: decoder)
  }

  private enum Field: String, CodingKey {
    case sample, count
  }
}

/// The body of a request for a new sample.
struct SampleBody: Decodable {
  let size: Int
  var seed: String?
  /// The conditions on the numbers.
  let conditions: NumberConditions

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    size = try fields.decode(Int.self, forKey: .size)
    seed = try fields.decodeIfPresent(String.self, forKey: .seed)
    conditions = try NumberConditions(from: decoder)
  }

  private enum Field: String, CodingKey {
    case size, seed
  }
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
