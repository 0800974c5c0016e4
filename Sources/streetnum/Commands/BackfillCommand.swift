import ArgumentParser
import Pipeline

/// `streetnum backfill`: makes what a database lacks, from where its sources lie.
struct BackfillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backfill",
    abstract: "Add what the database lacks, such as crops, from the original photographs.",
    discussion: """
      --crops cuts a crop (a small picture) of each number of confidence 0.20 or more that has none, out of the photographs \
      where they lie. No number is read again. An interrupted command resumes when it is run again.

      Exit codes: 0 every number has its crop; 3 some photographs are no longer there, one line on standard error for each \
      source; 66 there is no such database.

      Example:
        streetnum backfill --crops
      """)

  @OptionGroup var writing: WritingOptions

  @Flag(help: "Add missing crops.")
  var crops = false

  @OptionGroup(title: "Reading") var reading: ReadingOptions

  func validate() throws {
    guard crops else { throw ValidationError("Name what to add: --crops") }
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
          + (result.missing > 0 ? "; \(Figure.count(result.missing, "picture")) could not be found\n" : "\n"))
      try output.flush()
      if code != .success { throw code }
    }
  }
}
