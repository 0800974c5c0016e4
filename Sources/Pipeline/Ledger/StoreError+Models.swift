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
      message: "database \(path): no results are by a model \(digits); there are results by "
        + (known.isEmpty ? "none" : known), path: path)
  }

  static func ambiguousModel(_ path: String, _ digits: String, known: String) -> StoreError {
    StoreError(
      code: .ambiguousModel,
      message: "database \(path): several model ids begin with \(digits); give more digits of one: \(known)",
      path: path)
  }
}
