import ArgumentParser
import Foundation
import Pipeline

/// `streetnum merge`: merges shards and databases into one database.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Merge the results of other databases into one.",
    discussion: """
      A SHARD is a database that `streetnum ingest` has completed, or a folder of such .sqlite files. Each shard is checked \
      from end to end and merged in one transaction; merging it again changes nothing. The order of the shards does not \
      change the output of `streetnum export`. Run an interrupted merge again to complete it.

      The decisions of reviewers are merged, too. --decisions merges only these, and then a SHARD may be any database, such \
      as a reviewed copy written by `streetnum backup`.

      Exit codes: 0 all shards are merged; 3 one of several shards was refused, the others are merged; 65, 66 the only shard \
      was refused or is missing; 74 disk full or I/O error; 75 another run holds the database; 130, 143 stopped by a signal.

      Example:
        streetnum merge /data/shards --into numbers.sqlite
      """)

  @Argument(help: ArgumentHelp("Databases to merge, or folders of them.", valueName: "shard"), completion: .file())
  var shards: [String]

  @Option(
    help: ArgumentHelp("The database to merge into; created if it is missing.", valueName: "file"),
    completion: .file())
  var into: String

  @Option(
    help: ArgumentHelp("Time to wait for a stalled run before exiting with 75: 60, 60s, 5m, 1h.", valueName: "time"))
  var wait = Seconds(60)

  @Flag(help: "Merge only the decisions of reviewers.")
  var decisions = false

  func validate() throws {
    guard !shards.isEmpty else { throw ValidationError("Name at least one shard, or a folder of them") }
    guard wait.count <= 86_400 else { throw ValidationError("--wait takes a time of at most 24h") }
  }

  func run() throws {
    try streetnum.run {
      let paths = try ShardList(arguments: shards, database: into).paths
      do {
        try merge(paths)
      } catch let error as StoreError {
        throw MergeError(error: error, isOfShard: paths.contains(error.path))
      }
    }
  }

  private func merge(_ paths: [String]) throws {
    let interruption = try Interruption()
    if paths.count == 1 { _ = try Shard(path: paths[0]) }  // So that a mistyped name leaves no empty database.
    var (merged, known, failures) = (StoredAmount(), 0, [ExitCode]())
    let code = try WritingOptions.run("merge", db: into, wait: wait, stoppedBy: interruption) { store in
      func begin(_ path: String) -> Result<ShardCheck?, any Error> {
        Result {
          guard !decisions else { return nil }
          let shard = try Shard(path: path)
          return try store.isMerged(shard) ? nil : ShardCheck(shard)
        }
      }
      var next = begin(paths[0])
      for (place, path) in paths.enumerated() {
        if interruption.stop.isRaised { throw Stopped() }
        let current = next
        // The next shard is checked while this one is merged.
        if place + 1 < paths.count { next = begin(paths[place + 1]) }
        do {
          if decisions {
            merged.decisions += try store.mergeDecisions(Shard(path: path))
            continue
          }
          guard let check = try current.get(), let amount = try store.merge(check) else {
            known += 1
            continue
          }
          merged += amount
        } catch let error as StoreError where error.path == path && paths.count > 1 {
          Diagnostics.line("\(error.message) (\(error.code.rawValue))")
          failures.append(error.exitCode)
        }
      }
      return .gravest(of: failures)
    }
    Diagnostics.line(
      "\(counted(paths.count - known - failures.count, "shard")) merged, \(known) \(known == 1 ? "was" : "were") merged "
        + "before, \(failures.count) refused; "
        + "\(merged.text) taken over; in \(into)")
    guard code == .success else { throw code }
  }
}
