import ArgumentParser
import Pipeline

/// `streetnum prune`: drops results that no query shows any more.
struct PruneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Drop results that newer ones replace, and make the database smaller.",
    discussion: """
      With --superseded, each archive keeps its newest complete results, and those that are newer and not complete; older \
      results, by whatever model and parameters, are dropped, unless a run is reading them. `streetnum export` gives the same \
      before and after, but for `--model` with a model whose results were dropped. The database is then rewritten, which takes \
      room for two copies of it, and other runs wait to write. A command that was killed is completed by running it again.

      Exit codes: 0 done, even where there was nothing to drop; 66 there is no such database; 75 another process uses the \
      database for too long.
      """)

  @OptionGroup var writing: WritingOptions

  @Flag(help: "Drop result sets that a newer complete one of the same archive replaces.")
  var superseded = false

  @Flag(help: "Say what would be dropped, and drop nothing.")
  var dryRun = false

  func validate() throws {
    guard superseded else { throw ValidationError("Say what to drop: --superseded") }
  }

  func run() throws {
    try streetnum.run {
      let interruption = try Interruption()
      // So that a mistyped name leaves no empty database.
      let reader = try Store.open(path: writing.db, mode: .read)
      let found = dryRun ? try reader.superseded() : nil
      try reader.close()
      if let found { return try tell("would drop", found) }
      var done = Store.Pruning()
      let code = try writing.run("prune", stoppedBy: interruption) { store in
        done = try store.prune()
        return .success
      }
      guard code == .success else { throw code }
      try tell("dropped", done)
    }
  }

  private func tell(_ what: String, _ pruning: Store.Pruning) throws {
    let output = StandardOutput()
    let amount =
      pruning.dropped.sets > 0 ? "\(pruning.dropped.text), of \(counted(pruning.sources, "source"))" : "nothing"
    try output.write("\(what) \(amount)\(dryRun ? "" : "; the database is \(pruning.bytes) bytes smaller")\n")
    try output.flush()
  }
}
