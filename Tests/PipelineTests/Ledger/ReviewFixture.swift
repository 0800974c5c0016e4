import DigitNet
import Pipeline

/// A decision on a number of a picture.
func decision(
  _ verdict: Verdict, _ picture: String, _ number: HouseNumber? = nil, shown: String? = nil, box: Box? = nil,
  by reviewer: String = "ada", id: String? = nil, mode: ReviewMode = .browse
) -> DecisionRequest {
  DecisionRequest(
    id: id, picture: picture, verdict: verdict, box: box ?? number?.box,
    shown: verdict.judgesReading ? shown ?? number?.text : nil, reviewer: reviewer, mode: mode)
}

extension Store {
  /// The numbers as reviewers leave them, in order, with their origin.
  func reviewed(_ change: (inout NumberQuery) -> Void = { _ in }) throws -> [String] {
    try found { query in
      query.reviewed = true
      change(&query)
    }.map { "\($0.number.text) \(($0.review?.origin ?? .read).rawValue)" }
  }
}

/// With which code a store refuses something; nil where it does not.
func refusal<Value>(_ body: () throws -> Value) -> StoreError.Code? {
  do {
    _ = try body()
    return nil
  } catch {
    return (error as? StoreError)?.code ?? .internal
  }
}
