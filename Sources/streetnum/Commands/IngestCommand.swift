import ArgumentParser
import Foundation
import Pipeline

/// `streetnum ingest`: reads photographs and archives into a database.
struct IngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Read the house numbers in archives of photographs into a database.",
    discussion: """
      An INPUT is a tar (plain, gzip, zstd, xz, bzip2 or lz4), a zip, a folder, a PNG or JPEG file, or - for a tar on \
      standard input. Nothing is unpacked to disk. Archives that are in the database already are skipped; an interrupted \
      run resumes. The database may lie in a folder that is read: the database file itself is skipped.

      Where and when photographs were taken is stored from EXIF and XMP, and from tables (.csv, .jsonl, .json) and GPS tracks \
      (.gpx) inside an archive or beside it, such as a.csv or a.tar.gpx beside a.tar.

      Exit codes: 0 everything was read; 3 a member was rejected, or an input holds no picture; 65, 66 the only input is \
      unusable or missing; 71 too few threads or open files, or too little memory; 74 disk full or I/O error; 75 another \
      run holds the lock and appears stalled; 130, 143 stopped by a signal.

      Examples:
        streetnum ingest street.tar
        streetnum ingest --db numbers.sqlite --jobs 2 /srv/photographs
        ssh camera cat street.tar | streetnum ingest -
      """)

  @Argument(
    help: ArgumentHelp("Archives, folders or pictures to read, or - for standard input.", valueName: "input"),
    completion: .file())
  var inputs: [String]

  @OptionGroup var writing: WritingOptions

  @OptionGroup var sources: SourceOptions

  @OptionGroup var crops: CropOption

  @OptionGroup(title: "Positions") var positions: PositionKeepingOption

  @Flag(help: "Compute the SHA-256 again of files whose path, size and modification time are known.")
  var rehash = false

  @Flag(name: [.short, .long], help: "Print the reason for every rejected or ignored member.")
  var verbose = false

  @OptionGroup(title: "Shards, for jobs on many machines") var shards: ShardOptions

  func validate() throws {
    guard !inputs.isEmpty else { throw ValidationError("Name at least one archive, folder or picture") }
    try shards.check(inputs: inputs)
    guard shards.shard != nil else { return }
    if writing.db != WritingOptions.usualDatabase {
      throw ValidationError("--shard writes a database of its own; --db does not go with it")
    }
    if rehash { throw ValidationError("--shard always computes the SHA-256; --rehash does not go with it") }
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
          stop: interruption.stop, watch: { progress.take($0) },
          isolation: sources.isolation(crops: crops.isOn, stop: interruption.stop))
        return try ingest.run(inputs: inputs, progress: progress)
      }
      progress.end(database: writing.db, code: code)
      if code != .success { throw code }
    }
  }
}
