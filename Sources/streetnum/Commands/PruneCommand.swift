import ArgumentParser
import Pipeline

/// `streetnum prune`: drops results that no query shows any more.
struct PruneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Drop results that newer ones replace, small pictures, or positions, and make the database smaller.",
    discussion: """
      With --superseded, each archive keeps its newest complete results, and those that are newer and not complete; older \
      results, by whatever model and parameters, are dropped, unless a run is reading them. `streetnum export` gives the same \
      before and after, but for `--model` with a model whose results were dropped. The database is then rewritten, which takes \
      room for two copies of it, and other runs wait to write. A command that was killed is completed by running it again.

      With --crops, all small pictures of numbers are dropped, and no number is; `streetnum backfill --crops` makes them again \
      while the photographs are there. With --positions, all that is kept of where and when photographs were taken is dropped.

      Exit codes: 0 done, even where there was nothing to drop; 66 there is no such database; 75 another process uses the \
      database for too long.
      """)

  @OptionGroup var writing: WritingOptions

  @Flag(help: "Drop result sets that a newer complete one of the same archive replaces.")
  var superseded = false

  @Flag(help: "Drop the small pictures of numbers.")
  var crops = false

  @Flag(help: "Drop where and when photographs were taken.")
  var positions = false

  @Flag(help: "Say what would be dropped, and drop nothing.")
  var dryRun = false

  func validate() throws {
    guard superseded || crops || positions else {
      throw ValidationError("Say what to drop: --superseded, --crops or --positions")
    }
  }

  func run() throws {
    try streetnum.run {
      let interruption = try Interruption()
      // So that a mistyped name leaves no empty database.
      let reader = try Store.open(path: writing.db, mode: .read)
      let found =
        dryRun
        ? (sets: try reader.superseded(), crops: try reader.cropCount(), positions: try reader.positionRowCount()) : nil
      try reader.close()
      if let found { return try tell("would drop", found.sets, crops: found.crops, positions: found.positions) }
      var (done, dropped, forgotten) = (Store.Pruning(), 0, 0)
      let code = try writing.run("prune", stoppedBy: interruption) { store in
        if superseded { done = try store.prune() }
        if crops {
          let pruned = try store.pruneCrops()
          dropped = pruned.crops
          done.bytes += pruned.bytes
        }
        if positions {
          let pruned = try store.prunePositions()
          forgotten = pruned.positions
          done.bytes += pruned.bytes
        }
        return .success
      }
      guard code == .success else { throw code }
      try tell("dropped", done, crops: dropped, positions: forgotten)
    }
  }

  private func tell(
    _ what: String, _ pruning: Store.Pruning, crops count: Int, positions photographs: Int
  ) throws {
    let output = StandardOutput()
    var amounts: [String] = []
    if superseded, pruning.dropped.sets > 0 {
      amounts.append("\(pruning.dropped.text), of \(counted(pruning.sources, "source"))")
    }
    if crops, count > 0 { amounts.append(counted(count, "crop")) }
    if positions, photographs > 0 { amounts.append("positions of \(counted(photographs, "photograph"))") }
    let amount = amounts.isEmpty ? "nothing" : amounts.joined(separator: "; ")
    try output.write("\(what) \(amount)\(dryRun ? "" : "; the database is \(pruning.bytes) bytes smaller")\n")
    try output.flush()
  }
}
