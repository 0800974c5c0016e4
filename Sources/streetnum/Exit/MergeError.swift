import ArgumentParser
import Pipeline

/// An error of `streetnum merge`, whose database is named by --into.
struct MergeError: Reportable {
  let error: StoreError
  /// Whether the error is in a shard, whose message says what to do.
  let isOfShard: Bool

  var id: String? { error.id }
  var exitCode: ExitCode { error.exitCode }

  var summary: String {
    isOfShard ? error.message : Hint.text(error.message, for: error.code.rawValue, database: "--into")
  }
}
