import StreetCore

extension StoreError.Code {
  /// No source has the name or hash.
  package static let unknownSource = StoreError.Code(rawValue: "store.unknown_source")
  /// Several sources have the name.
  package static let ambiguousSource = StoreError.Code(rawValue: "store.ambiguous_source")
}

extension StoreError {
  static func unknownSource(_ path: String, _ name: String) -> StoreError {
    StoreError(
      code: .unknownSource,
      message: "database \(path): no archive, folder or picture is known as \(name); give its name or its SHA-256 as "
        + "`streetnum export` prints them", path: path)
  }

  static func ambiguousSource(_ path: String, _ name: String, _ sources: [StoredSource]) -> StoreError {
    let known = sources.map { source in
      "\(source.sha256 ?? source.identity) (\(counted(source.amount.members.total, "member")))"
    }
    return StoreError(
      code: .ambiguousSource,
      message: "database \(path): \(sources.count) sources have the name \(name); give the SHA-256 of one: "
        + known.joined(separator: ", "), path: path)
  }

  static func beingRead(_ path: String, _ source: String, _ run: Run) -> StoreError {
    StoreError(
      code: .busy,
      message: "database \(path): \(source) is being read by another run, \(run.description); run again when that has "
        + "ended", path: path)
  }

  static func logInUse(_ path: String) -> StoreError {
    StoreError(
      code: .busy,
      message:
        "database \(path): another process uses it; until that exits, its files may still contain what was removed; "
        + "run again then", path: path)
  }
}
