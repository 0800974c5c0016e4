import ArgumentParser
import Foundation
import Pipeline

/// `streetnum ingest`: photographs in, numbers out.
struct IngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Read the house numbers of archives of photographs into a database.",
    discussion: """
      An INPUT is a tar (plain, gzip, zstd, xz), a zip, a folder, a PNG or JPEG, or - for a tar on standard input. Nothing \
      is unpacked to disk. What was read before is not read again; a run that was cut off goes on where it was.

      Exit codes: 0 all done, 3 something was rejected, 65 and 66 the only input is unusable or missing, 74 disk full or \
      I/O error, 75 the database is busy.
      """)

  @Argument(help: ArgumentHelp("What to read.", valueName: "input"))
  var inputs: [String]

  @Option(name: [.long], help: ArgumentHelp("The database; made where it is missing.", valueName: "file"))
  var db = "streetnum.sqlite"

  @Option(name: [.short, .long], help: "Pictures computed at once. (default: the number of cores)")
  var jobs: Int?

  @Option(help: "Most MiB of pictures in flight. (default: a quarter of the machine's memory, at most 4096)")
  var memory: Int?

  @OptionGroup(title: "Reading") var reading: ReadingOptions

  @Option(help: ArgumentHelp("Most MiB of one member.", valueName: "mib"))
  var maxMemberSize = SourceLimits().memberBytes >> 20

  @Option(help: "Most bytes that an archive produces for each of its own, past 64 MiB.")
  var maxRatio = SourceLimits().ratio

  @Option(help: "Most members of an archive.")
  var maxMembers = SourceLimits().members

  @Flag(help: "Hash files again whose path, size and time are known.")
  var rehash = false

  @Flag(name: [.short, .long], help: "Name every member that is rejected or ignored, and why.")
  var verbose = false

  func validate() throws {
    guard !inputs.isEmpty else { throw ValidationError("Name at least one archive, folder or picture") }
    if let jobs, !(1...1024 ~= jobs) { throw ValidationError("--jobs takes a number in 1...1024") }
    if let memory, !(1...1_048_576 ~= memory) { throw ValidationError("--memory takes MiB, 1...1048576") }
    guard 1...1_048_576 ~= maxMemberSize else { throw ValidationError("--max-member-size takes MiB, 1...1048576") }
    guard 1...1_000_000 ~= maxRatio else { throw ValidationError("--max-ratio takes a number in 1...1000000") }
    guard 1...1_000_000_000 ~= maxMembers else {
      throw ValidationError("--max-members takes a number in 1...1000000000")
    }
  }

  func run() throws {
    try streetnum.run {
      let (loaded, reader) = try reading.load()
      if inputs.count == 1 { _ = try Source(path: inputs[0]) }  // So that a mistyped name leaves no empty database.
      let store = try Store.open(path: db, mode: .write)
      let progress = ProgressReport(verbose: verbose)
      defer { progress.clear() }
      let ingest = Ingest(
        store: store, reader: reader, method: loaded.method(reader, options), options: options,
        watch: { progress.take($0) })
      var rejected = false
      for input in inputs {
        do {
          let result = try ingest.run(path: input)
          rejected = rejected || result.counts.rejected > 0 || result.ending != nil
        } catch let error as SourceError where inputs.count > 1 {
          progress.take(error)
          rejected = true
        }
      }
      try store.close()
      progress.end(database: db)
      if rejected { throw ExitCode.rejected }
    }
  }

  private var options: IngestOptions {
    var options = IngestOptions()
    if let jobs { options.jobs = jobs }
    if let memory { options.memory = memory << 20 }
    options.sources.memberBytes = maxMemberSize << 20
    options.sources.ratio = maxRatio
    options.sources.members = maxMembers
    options.images = reading.limits
    options.rehash = rehash
    return options
  }
}
