extension StoreError.Code {
  /// The judged reading is no longer that of the newest result set.
  package static let staleReading = StoreError.Code(rawValue: "review.stale")
  /// No picture with the SHA-256 is known.
  package static let unknownPicture = StoreError.Code(rawValue: "review.unknown_picture")
  /// There is no decision with the id that could be undone.
  package static let unknownDecision = StoreError.Code(rawValue: "review.unknown_decision")
  /// There is no sample with the id.
  package static let unknownSample = StoreError.Code(rawValue: "review.unknown_sample")
  /// A decision is malformed, such as a text that is not a number, a box outside the picture, or an invalid name.
  package static let malformedDecision = StoreError.Code(rawValue: "review.malformed")
  /// A picture can't be complete while it has undecided numbers.
  package static let undecidedNumbers = StoreError.Code(rawValue: "review.undecided")
  /// A query exceeded its time limit.
  package static let timeLimit = StoreError.Code(rawValue: "store.time_limit")
}

extension StoreError {
  static func stale(_ path: String, shown: String, now: String?) -> StoreError {
    StoreError(
      code: .staleReading,
      message: "database \(path): \(shown) was judged, and "
        + (now.map { "\($0) is read there now" } ?? "nothing is read there now") + "; look at the picture again",
      path: path)
  }

  static func unknownPicture(_ path: String, _ sha256: String) -> StoreError {
    StoreError(
      code: .unknownPicture, message: "database \(path): no picture of the SHA-256 \(sha256) was read", path: path)
  }

  static func unknownDecision(_ path: String, _ id: String) -> StoreError {
    StoreError(
      code: .unknownDecision, message: "database \(path): there is no decision \(id) that could be undone", path: path)
  }

  static func unknownSample(_ path: String, _ id: String) -> StoreError {
    StoreError(code: .unknownSample, message: "database \(path): there is no sample \(id)", path: path)
  }

  static func malformedDecision(_ path: String, _ what: String) -> StoreError {
    StoreError(code: .malformedDecision, message: "database \(path): not a decision: \(what)", path: path)
  }

  static func undecided(_ path: String, _ texts: [String]) -> StoreError {
    StoreError(
      code: .undecidedNumbers,
      message: "database \(path): the picture has undecided numbers: \(texts.joined(separator: ", "))",
      path: path)
  }
}
