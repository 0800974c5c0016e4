extension StoreError.Code {
  /// A shard has tables, views, triggers or indexes that are not streetnum's.
  package static let foreignShard = StoreError.Code(rawValue: "shard.foreign")
  /// A shard has pages or values that streetnum does not write.
  package static let damagedShard = StoreError.Code(rawValue: "shard.damaged")
  /// A shard is still being written, or was left by a run that died.
  package static let incompleteShard = StoreError.Code(rawValue: "shard.incomplete")
  /// A shard contains a folder or a stream, which only the machine that read it can identify.
  package static let unmergeableShard = StoreError.Code(rawValue: "shard.not_an_archive")
  /// A shard contradicts the database about a model or a source.
  package static let contradictoryShard = StoreError.Code(rawValue: "shard.contradiction")

  /// Whether the error is in a shard, and not in the database.
  package var isOfShard: Bool { rawValue.hasPrefix("shard.") }
}

extension StoreError {
  static func missing(shard path: String) -> StoreError {
    StoreError(code: .missing, message: "shard \(path): does not exist; check its path", path: path)
  }

  static func notADatabase(shard path: String) -> StoreError {
    StoreError(
      code: .notADatabase,
      message: "shard \(path): is not a streetnum database; name one that `streetnum ingest` has written", path: path)
  }

  static func unreadable(shard path: String, _ what: String) -> StoreError {
    StoreError(code: .io, message: "shard \(path): can't be read: \(what)", path: path)
  }

  static func foreign(shard path: String, _ what: String) -> StoreError {
    StoreError(
      code: .foreignShard,
      message: "shard \(path): its schema is not that of a database of streetnum (\(what)); nothing of it is merged",
      path: path)
  }

  static func damaged(shard path: String, _ what: String) -> StoreError {
    StoreError(
      code: .damagedShard,
      message: "shard \(path): is damaged (\(what)); nothing of it is merged; read its archive again, or "
        + "restore it from a backup", path: path)
  }

  static func incomplete(shard path: String, _ what: String) -> StoreError {
    StoreError(
      code: .incompleteShard,
      message: "shard \(path): is not complete (\(what)); merge it when the run that makes it has ended, or read its "
        + "archive again", path: path)
  }

  static func unmergeable(shard path: String, _ source: String) -> StoreError {
    StoreError(
      code: .unmergeableShard,
      message: "shard \(path): holds \(source), which is no archive or picture; read it into the database itself",
      path: path)
  }

  static func contradiction(shard path: String, _ what: String) -> StoreError {
    StoreError(
      code: .contradictoryShard,
      message: "shard \(path): contradicts the database about \(what); nothing of it is merged; read its "
        + "archive again", path: path)
  }
}
