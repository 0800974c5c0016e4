import ArgumentParser
import Pipeline

/// `streetnum prune`: deletes results that newer results have superseded.
struct PruneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Delete superseded results, crops or positions, to make the database smaller.",
    discussion: """
      --superseded keeps the newest complete results of each archive, and any newer incomplete ones; it deletes older \
      results, of any model and parameters, unless a run is reading them. The output of `streetnum export` stays the same, \
      except with `--model` and a model whose results were deleted.

      --crops deletes all crops (small pictures of the numbers), and no number. `streetnum backfill --crops` makes them again \
      if the photographs are still there. --positions deletes where and when photographs were \
      taken.

      Then the database is rewritten, which needs free space for two copies of it; other runs wait until it is done. Run an \
      interrupted command again to complete it.

      Exit codes: 0 done, even if there was nothing to delete; 66 there is no such database; 75 another process used the \
      database for too long.

      Example:
        streetnum prune --superseded --dry-run
      """)

  @OptionGroup var writing: WritingOptions

  @Flag(help: "Delete results that newer complete results of the same archive replace.")
  var superseded = false

  @Flag(help: "Delete all crops.")
  var crops = false

  @Flag(help: "Delete where and when photographs were taken.")
  var positions = false

  @Flag(help: "Print what would be deleted; delete nothing.")
  var dryRun = false

  func validate() throws {
    guard superseded || crops || positions else {
      throw ValidationError("Name what to delete: --superseded, --crops or --positions")
    }
  }

  func run() throws {
    try streetnum.run {
      let interruption = try Interruption()
      // Opened for reading first, so that a mistyped name makes no empty database.
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
    try output.say(
      "\(what) \(amount)\(dryRun ? "" : "; the database is \(counted(pruning.bytes, "byte")) smaller")\n")
    try output.flush()
  }
}
