import ArgumentParser
import Pipeline

/// `streetnum backfill`: makes what a database lacks, from where its sources lie.
struct BackfillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backfill",
    abstract: "Make small pictures of numbers that were read without them.",
    discussion: """
      With --crops, cuts the numbers of confidence 0.20 or more of which the database keeps no crop, out of the photographs \
      where they lie; nothing is read again. What was made stays when it is stopped, and running it again goes on.

      Exit codes: 0 every number has its crop; 3 some photographs are no longer there, each source a line on standard error; \
      66 there is no such database.
      """)

  @OptionGroup var writing: WritingOptions

  @Flag(help: "Make the crops that are missing.")
  var crops = false

  @OptionGroup(title: "Reading") var reading: ReadingOptions

  func validate() throws {
    guard crops else { throw ValidationError("Say what to make: --crops") }
  }

  func run() throws {
    try streetnum.run {
      let interruption = try Interruption()
      // So that a mistyped name leaves no empty database.
      try Store.open(path: writing.db, mode: .read).close()
      var options = IngestOptions()
      (options.images, options.sources.memberBytes) = (reading.limits, reading.memberBytes)
      var result = CropBackfill.Result()
      var told: Set<String> = []
      let code = try writing.run("backfill", stoppedBy: interruption) { store in
        result = try CropBackfill(store, options: options, stop: interruption.stop).run { error in
          if told.insert(error.path).inserted { Diagnostics.line(error.line) }
        }
        return result.missing > 0 ? .rejected : .success
      }
      let output = StandardOutput()
      try output.write(
        "made \(Figure.count(result.crops, "crop")) of \(Figure.count(result.pictures, "picture"))"
          + (result.missing > 0 ? "; \(Figure.count(result.missing, "picture")) could not be had\n" : "\n"))
      try output.flush()
      if code != .success { throw code }
    }
  }
}
