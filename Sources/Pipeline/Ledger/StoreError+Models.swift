extension StoreError.Code {
  /// No results are by the model.
  package static let unknownModel = StoreError.Code(rawValue: "store.unknown_model")
  /// Several model ids begin with these digits.
  package static let ambiguousModel = StoreError.Code(rawValue: "store.ambiguous_model")
}

extension StoreError {
  static func unknownModel(_ path: String, _ digits: String, known: String) -> StoreError {
    StoreError(
      code: .unknownModel,
      message: "database \(path): no results are of a model \(digits); there are results of "
        + (known.isEmpty ? "none" : known), path: path)
  }

  static func ambiguousModel(_ path: String, _ digits: String, known: String) -> StoreError {
    StoreError(
      code: .ambiguousModel,
      message: "database \(path): the ids of several models begin with \(digits); give more of one: \(known)",
      path: path)
  }
}
