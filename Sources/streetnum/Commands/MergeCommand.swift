import ArgumentParser
import Foundation
import Pipeline

/// `streetnum merge`: one database from many.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Take over the results of other databases into one.",
    discussion: """
      A SHARD is a database that `streetnum ingest` has completed, or a folder whose .sqlite files are taken. Each shard is \
      checked from end to end and taken over in one transaction; merging it again changes nothing. The order of shards does not \
      change what `streetnum export` gives. A command that was stopped or killed is completed by running it again.

      What reviewers decided in a shard is taken over, too. With --decisions that alone is, and then a SHARD may be any database, \
      such as a copy that a colleague has reviewed: what `streetnum backup` wrote.

      Exit codes: 0 all shards are merged; 3 one of several shards was refused, and the others are merged; 65 and 66 the only \
      shard was refused or is missing; 74 disk full or I/O error; 75 another run holds the database; 130 and 143 stopped by a \
      signal.
      """)

  @Argument(help: ArgumentHelp("What to merge.", valueName: "shard"), completion: .file())
  var shards: [String]

  @Option(
    help: ArgumentHelp("The database that takes the results over; made where it is missing.", valueName: "file"),
    completion: .file())
  var into: String

  @Option(help: ArgumentHelp("For how long another run may hold the database: 60, 60s, 5m, 1h.", valueName: "time"))
  var wait = Seconds(60)

  @Flag(help: "Take over what reviewers decided, and nothing else.")
  var decisions = false

  func validate() throws {
    guard !shards.isEmpty else { throw ValidationError("Name at least one shard, or a folder of them") }
    guard wait.count <= 86_400 else { throw ValidationError("--wait takes a time of at most 24h") }
  }

  func run() throws {
    try streetnum.run {
      let interruption = try Interruption()
      let paths = try ShardList(arguments: shards, database: into).paths
      if paths.count == 1 { _ = try Shard(path: paths[0]) }  // So that a mistyped name leaves no empty database.
      var (merged, known, failures) = (StoredAmount(), 0, [ExitCode]())
      let code = try WritingOptions.run("merge", db: into, wait: wait, stoppedBy: interruption) { store in
        for path in paths {
          if interruption.stop.isRaised { throw Stopped() }
          do {
            if decisions {
              merged.decisions += try store.mergeDecisions(Shard(path: path))
              continue
            }
            guard let amount = try store.merge(Shard(path: path)) else {
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
        "\(paths.count - known - failures.count) shards merged, \(known) were merged before, \(failures.count) refused; "
          + "\(merged.text) taken over; in \(into)")
      guard code == .success else { throw code }
    }
  }
}
