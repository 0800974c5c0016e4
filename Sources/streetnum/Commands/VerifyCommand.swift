import ArgumentParser
import Pipeline

/// `streetnum verify`: is the database sound, and does everything add up?
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Look at every page of a database, and recount that no photograph was lost.",
    discussion: """
      For every source, members seen = done + rejected + ignored, the latter two with a reason; every number is what its \
      digits are. Changes nothing.

      Exit codes: 0 all is well; 65 it is damaged, each fault a line on standard error; 66 there is none.
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
      try output.write(
        "\(printable(db)): sound. \(counted(found.sources, "source")), \(counted(found.sets, "result set")); "
          + "\(counted(members.total, "member")) ended: \(members.done) done, \(members.rejected) rejected, \(members.ignored) ignored; "
          + "\(found.pending) begun and not ended\n")
      if found.outdated > 0 {
        try output.write(
          "Sources that an earlier version read, which could lose names and not turn pictures: \(found.outdated); "
            + "`streetnum ingest` reads them again, and `streetnum nightly` those that lie in its folder for what was read\n"
        )
      }
      try output.flush()
    }
  }
}
