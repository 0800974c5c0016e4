import ArgumentParser
import Foundation
import Pipeline

/// The options of all commands that write to the database.
struct WritingOptions: ParsableArguments {
  /// The database where none is named.
  static let usualDatabase = "streetnum.sqlite"

  @Option(
    name: [.long],
    help: ArgumentHelp("The database; ingest and nightly create it if it is missing.", valueName: "file"),
    completion: .file())
  var db = usualDatabase

  @Option(
    help: ArgumentHelp(
      "Time to wait for a stalled run before exiting with 75: 60, 60s, 5m, 1h.", valueName: "time"))
  var wait = Seconds(60)

  func validate() throws {
    guard wait.count <= 86_400 else { throw ValidationError("--wait takes a time of at most 24h") }
  }

  /// Runs `body` as a run in the database's ledger, which stores how it ended. `body` returns the exit code.
  func run(
    _ command: String, stoppedBy interruption: Interruption, check: Store.PageCheck = .afterUncleanEnd,
    _ body: (Store) throws -> ExitCode
  ) throws -> ExitCode {
    try Self.run(command, db: db, wait: wait, stoppedBy: interruption, check: check, body)
  }

  /// Does the same for a database at a path.
  static func run(
    _ command: String, db: String, wait: Seconds, stoppedBy interruption: Interruption,
    check: Store.PageCheck = .afterUncleanEnd, _ body: (Store) throws -> ExitCode
  ) throws -> ExitCode {
    let store = try Store.open(path: db, mode: .write, busyTimeout: wait.count, check: check)
    try store.startRun(command)
    do {
      let code = try body(store)
      try store.endRun(exitCode: Int(code.rawValue))
      try store.close()
      return code
    } catch {
      let code = interruption.exitCode ?? streetnum.exitCode(of: error)
      // If this fails, the next run finds that this process is gone.
      try? store.endRun(exitCode: Int(code.rawValue))
      try? store.close()
      if error is Stopped { return code }
      throw interruption.exitCode == nil ? error : InterruptedError(reason: error, exitCode: code)
    }
  }
}
