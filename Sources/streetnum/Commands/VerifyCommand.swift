import ArgumentParser
import Pipeline

/// `streetnum verify`: checks that the database is intact and consistent.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check every page of a database, and that every photograph is accounted for.",
    discussion: """
      Checks that the members of each source are the sum of those done, rejected and ignored, that each rejected or \
      ignored member has a reason, and that each number consists of its digits. Changes nothing.

      Exit codes: 0 the database is sound; 65 it is damaged, one line on standard error for each fault; 66 it does not exist.

      Example:
        streetnum verify --db numbers.sqlite
      """)

  @Option(help: ArgumentHelp("The database.", valueName: "file"), completion: .file())
  var db = "streetnum.sqlite"

  func run() throws {
    try streetnum.run {
      let store = try Store.open(path: db, mode: .read)
      let found = try store.verify()
      try store.close()
      for fault in found.faults { Diagnostics.line("database \(db): \(fault)") }
      if !found.faults.isEmpty {
        Diagnostics.line("database \(db): is damaged; restore a backup, or ingest into a new one")
        throw ExitCode.unusable
      }
      let output = StandardOutput()
      let members = found.members
      try output.say(
        "\(printable(db)): sound. \(counted(found.sources, "source")), \(counted(found.sets, "result set")); "
          + "\(counted(members.total, "member")) ended: \(members.done) done, \(members.rejected) rejected, \(members.ignored) ignored; "
          + "\(found.pending) in progress\n")
      if found.outdated > 0 {
        try output.say(
          "Sources that were read by an older version, which could lose names or read pictures unturned: \(found.outdated); "
            + "`streetnum ingest` reads them again, and so does `streetnum nightly` if they lie in its --done folder\n"
        )
      }
      try output.flush()
    }
  }
}
