import ArgumentParser
import Foundation
import Pipeline

/// `streetnum forget`: removes a source with all that was read in it.
struct ForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Remove an archive, a folder or a picture from the database, with all that was read in it.",
    discussion: """
      Removes its name, its hash, the places where it was seen, its members and their numbers, for all models. The database \
      is then rewritten, so that none of these bytes are left in its files; that takes room for two copies of it, and other \
      runs wait to write. Asks first, on a terminal. A command that was killed is completed by running it again.

      What reviewers decided on pictures that are in no other archive is their work: where there is such, say what becomes of it \
      with --with-decisions or --keep-decisions. Kept decisions count again when the pictures are read again.

      The archive itself is not deleted, and is read again when it is given to `streetnum ingest`, or lies in the inbox of \
      `streetnum nightly`; where it lies in that command's folder for what was read, it is not. Backups that were made \
      before keep what they hold. docs/privacy.md says more.

      Exit codes: 0 it is removed; 64 not confirmed, or several archives have the name, which are listed; 66 there is no \
      such database or archive; 75 a run reads the archive, or another process uses the database for too long.
      """)

  @OptionGroup var writing: WritingOptions

  @Option(help: ArgumentHelp("Its name or its SHA-256, as `streetnum export` prints them.", valueName: "name|sha256"))
  var archive: String

  @Flag(help: "Remove what reviewers decided on its pictures, too.")
  var withDecisions = false

  @Flag(help: "Keep what reviewers decided on its pictures.")
  var keepDecisions = false

  @Flag(help: "Do not ask.")
  var yes = false

  @Flag(help: "Say what would be removed, and remove nothing.")
  var dryRun = false

  func validate() throws {
    guard !withDecisions || !keepDecisions else {
      throw ValidationError("--with-decisions and --keep-decisions exclude each other")
    }
  }

  func run() throws {
    try streetnum.run {
      guard yes || dryRun || Question.canBeAsked else {
        throw UsageError(summary: "forget: there is no terminal to ask on; add --yes to remove without asking")
      }
      let interruption = try Interruption()
      let reader = try Store.open(path: writing.db, mode: .read)
      let source = try reader.source(named: archive)
      try reader.close()
      let decisions = source.amount.decisions
      guard decisions == 0 || withDecisions || keepDecisions || dryRun else {
        throw UsageError(
          summary:
            "forget: reviewers have made \(counted(decisions, "decision")) on its pictures; add --with-decisions to remove "
            + "them, too, or --keep-decisions to keep them")
      }
      guard !dryRun else { return try tell("would remove", source, source.amount) }
      guard yes || Question.isAgreed("Remove \(describe(source, source.amount))?", stop: interruption.stop) else {
        if let code = interruption.exitCode { throw code }
        throw UsageError(summary: "forget: not confirmed; nothing was removed")
      }
      var removed = StoredAmount()
      let code = try writing.run("forget", stoppedBy: interruption) { store in
        removed = try store.forget(source, keepingDecisions: keepDecisions)
        return .success
      }
      guard code == .success else { throw code }
      try tell("removed", source, removed)
    }
  }

  private func describe(_ source: StoredSource, _ amount: StoredAmount) -> String {
    "\(source.name) (\(source.sha256.map { "SHA-256 \($0)" } ?? source.identity)): \(amount.text)"
  }

  private func tell(_ what: String, _ source: StoredSource, _ amount: StoredAmount) throws {
    let output = StandardOutput()
    try output.write(printable("\(what) \(describe(source, amount))") + "\n")
    for path in source.paths where FileManager.default.fileExists(atPath: path) {
      try output.write("the photographs themselves are still in \(printable(path))\n")
    }
    try output.flush()
  }
}
