import ArgumentParser
import Pipeline

/// `streetnum backfill`: adds data that the database lacks by reading the sources again.
struct BackfillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backfill",
    abstract: "Add what the database lacks, crops and positions, from the original photographs.",
    discussion: """
      --crops cuts a crop (a small picture) of each number of confidence 0.20 or more that has none, out of the photographs \
      where they lie. --positions reads where and when photographs were taken from their metadata, and from files of positions \
      beside and inside their archives; --timezone applies to times without a zone. No number is read again or changed. An \
      interrupted command resumes when it is run again.

      Exit codes: 0 nothing is missing any more; 3 some photographs are no longer there, one line on standard error for each \
      source; 66 there is no such database.

      Examples:
        streetnum backfill --crops
        streetnum backfill --positions
      """)

  @OptionGroup var writing: WritingOptions

  @Flag(help: "Add missing crops.")
  var crops = false

  @Flag(help: "Look up where and when photographs were taken.")
  var positions = false

  @OptionGroup(title: "Reading") var pictures: PictureLimitOptions

  @OptionGroup(title: "Positions") var positionOptions: PositionOptionGroup

  func validate() throws {
    guard crops || positions else { throw ValidationError("Name what to add: --crops or --positions") }
    guard positions || positionOptions.isUntouched else {
      throw ValidationError("--timezone, --time-offset and --bridge-gaps need --positions")
    }
    if !crops, let option = pictures.pixels.changed { throw ValidationError("\(option) needs --crops") }
  }

  func run() throws {
    try streetnum.run {
      let interruption = try Interruption()
      // Opened for reading first, so that a mistyped name makes no empty database.
      try Store.open(path: writing.db, mode: .read).close()
      var options = pictures.ingestOptions
      options.positions = positionOptions.options
      var (result, located) = (CropBackfill.Result(), PositionBackfill.Result())
      var told: Set<String> = []
      let code = try writing.run("backfill", stoppedBy: interruption) { store in
        func tell(_ error: SourceError) {
          if told.insert(error.path).inserted { Diagnostics.line(error.line) }
        }
        if crops {
          result = try CropBackfill(store, options: options, stop: interruption.stop).run(telling: tell)
        }
        if positions {
          located = try PositionBackfill(store, options: options, stop: interruption.stop).run(telling: tell)
          for line in located.sidecars.lines { Diagnostics.line(line) }
        }
        return result.missing + located.missing > 0 || !located.sidecars.faults.isEmpty ? .rejected : .success
      }
      let output = StandardOutput()
      func write(_ text: String, missing: Int) throws {
        try output.say(text + (missing > 0 ? "; \(counted(missing, "picture")) could not be found\n" : "\n"))
      }
      if crops {
        try write(
          "made \(counted(result.crops, "crop")) of \(counted(result.pictures, "picture"))",
          missing: result.missing)
      }
      if positions {
        try write(
          "found \(counted(located.positions, "position")) in \(counted(located.pictures, "picture"))"
            + (located.sidecars.files > 0
              ? ", and \(located.sidecars.pictures) in \(counted(located.sidecars.files, "file"))" : ""),
          missing: located.missing)
      }
      try output.flush()
      if code != .success { throw code }
    }
  }
}
