import ArgumentParser
import Foundation
import Pipeline

/// `streetnum ingest`: photographs in, numbers out.
struct IngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Read the house numbers of archives of photographs into a database.",
    discussion: """
      An INPUT is a tar (plain, gzip, zstd, xz, bzip2, lz4), a zip, a folder, a PNG or JPEG, or - for a tar on standard \
      input. Nothing is unpacked to disk. What was read before is not read again; a run that was cut off goes on where \
      it was. The database may lie in a folder that is read, and is none of its pictures.

      Where and when photographs were taken is kept from their EXIF and XMP, and from tables (.csv, .jsonl, .json) and GPS \
      tracks (.gpx) in an archive or beside it, such as a.csv or a.tar.gpx beside a.tar.

      Exit codes: 0 all done, 3 something was rejected or there is no picture, 65 and 66 the only input is unusable or \
      missing, 71 too few threads, files or too little memory, 74 disk full or I/O error, 75 another run holds the \
      database and does not move, 130 and 143 stopped by a signal.
      """)

  @Argument(help: ArgumentHelp("What to read.", valueName: "input"), completion: .file())
  var inputs: [String]

  @OptionGroup var writing: WritingOptions

  @OptionGroup var sources: SourceOptions

  @OptionGroup var crops: CropOption

  @OptionGroup(title: "Positions") var positions: PositionKeepingOption

  @Flag(help: "Hash files again whose path, size and time are known.")
  var rehash = false

  @Flag(name: [.short, .long], help: "Name every member that is rejected or ignored, and why.")
  var verbose = false

  @OptionGroup(title: "Shards, for jobs of many machines") var shards: ShardOptions

  func validate() throws {
    guard !inputs.isEmpty else { throw ValidationError("Name at least one archive, folder or picture") }
    try shards.check(inputs: inputs)
  }

  func run() throws {
    try streetnum.run {
      if shards.dieWithParent { try ParentDeath.follow() }
      if let folder = shards.shard { return try write(shardIn: folder) }
      let interruption = try Interruption()
      try sources.checkShortage()
      let (loaded, reader) = try sources.reading.load()
      if inputs.count == 1 { _ = try Source(path: inputs[0]) }  // So that a mistyped name leaves no empty database.
      let progress = ProgressReport(verbose: verbose)
      defer { progress.clear() }
      var options = sources.ingestOptions
      (options.rehash, options.wait, options.crops) = (rehash, writing.wait.count, crops.isOn)
      options.positions = positions.options
      let code = try writing.run("ingest", stoppedBy: interruption) { store in
        let ingest = Ingest(
          store: store, reader: reader, method: loaded.method(reader, options), options: options,
          stop: interruption.stop, watch: { progress.take($0) }, isolation: sources.isolation(crops: crops.isOn))
        return try ingest.run(inputs: inputs, progress: progress)
      }
      progress.end(database: writing.db, code: code)
      if code != .success { throw code }
    }
  }
}
