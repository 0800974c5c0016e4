import ArgumentParser
import Foundation
import Pipeline

/// `streetnum forget`: removes a source and all its results from the database.
struct ForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Remove an archive, a folder or a picture, and everything read from it, from the database.",
    discussion: """
      Removes its name, its hash, its paths, its members and their numbers, of all models. Then the database is rewritten, \
      so that none of these bytes remain in its files; this needs free space for two copies of the database, and other runs \
      wait until it is done. On a terminal it asks first. Run an interrupted command again to complete it.

      The decisions of reviewers on pictures that are in no other archive are their work: if there are any, choose \
      --with-decisions or --keep-decisions. Kept decisions apply again when the pictures are read again.

      The archive file itself is not deleted. It is read again if it is given to `streetnum ingest` or lies in the inbox of \
      `streetnum nightly`, but not if it lies in that command's --done folder. Older backups still hold what was removed. \
      See docs/privacy.md.

      Exit codes: 0 removed; 64 not confirmed, or several archives have that name (they are listed); 66 there is no such \
      database or archive; 75 a run is reading the archive, or another process used the database for too long.

      Example:
        streetnum forget --archive garden-lane.tar --dry-run
      """)

  @OptionGroup var writing: WritingOptions

  @Option(
    help: ArgumentHelp(
      "The archive's name or its SHA-256, as `streetnum export` prints them.", valueName: "name|sha256"))
  var archive: String

  @Flag(help: "Also remove the decisions of reviewers on its pictures.")
  var withDecisions = false

  @Flag(help: "Keep the decisions of reviewers on its pictures.")
  var keepDecisions = false

  @Flag(help: "Remove without asking.")
  var yes = false

  @Flag(help: "Print what would be removed; remove nothing.")
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
    try output.say(printable("\(what) \(describe(source, amount))") + "\n")
    for path in source.paths where FileManager.default.fileExists(atPath: path) {
      try output.say("the photographs themselves are still in \(printable(path))\n")
    }
    try output.flush()
  }
}
