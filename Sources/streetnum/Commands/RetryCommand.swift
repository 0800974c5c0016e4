import ArgumentParser
import Foundation
import Pipeline

/// `streetnum retry`: reads rejected members and sources again.
struct RetryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Read rejected members again.",
    discussion: """
      Use it after fixing the cause, such as file permissions, or after an update that fixes a crash. Sources are read from \
      where they were last seen. Use the limits, the model and the options for positions of the first run; to read with others, use `streetnum ingest`. \
      In a pattern, * stands for any text and ? for any one character.

      Exit codes: 0 nothing is rejected any more; 3 something is still rejected, a source has been moved, or a file of \
      positions has errors; 74, 77 a source can't be read.

      Example:
        streetnum retry --reason 'member.*'
      """)

  @OptionGroup var writing: WritingOptions

  @Option(
    help: ArgumentHelp("Only members rejected for a matching reason, such as image.truncated.", valueName: "pattern"))
  var reason = "*"

  @Option(help: ArgumentHelp("Only sources whose name matches.", valueName: "pattern"))
  var archive = "*"

  @OptionGroup var sources: SourceOptions

  @OptionGroup(title: "Positions") var positions: PositionKeepingOption

  @Flag(name: [.short, .long], help: "Print the reason for every rejected or ignored member.")
  var verbose = false

  func run() throws {
    try streetnum.run {
      let interruption = try Interruption()
      try sources.checkShortage()
      let (loaded, reader) = try sources.reading.load()
      try Store.open(path: writing.db, mode: .read).close()  // So that a mistyped name leaves no empty database.
      let progress = ProgressReport(verbose: verbose)
      defer { progress.clear() }
      var options = sources.ingestOptions
      options.wait = writing.wait.count
      options.positions = positions.options
      var nothing: String?
      let code = try writing.run("retry", stoppedBy: interruption) { store in
        let method = loaded.method(reader, options)
        let ingest = Ingest(
          store: store, reader: reader, method: method, options: options, stop: interruption.stop,
          watch: { progress.take($0) }, isolation: sources.isolation(stop: interruption.stop))
        let rejected = try store.rejectedSources(method: method, reasons: [reason], archive: archive)
        if rejected.isEmpty {
          let others = try store.rejectedSources(method: method).count
          let outdated = try store.outdatedCount()
          nothing =
            others > 0
            ? "no rejected member matches; \(counted(others, "source has", "sources have")) rejected members with other reasons"
            : "nothing is rejected with this model and these limits; to read with other limits, use `streetnum ingest`"
              + (outdated > 0
                ? ", which also reads again \(counted(outdated, "source")) that an older version read" : "")
          return others + outdated > 0 ? .rejected : .success
        }
        return .gravest(of: try rejected.compactMap { try read($0, ingest, progress) })
      }
      progress.end(database: writing.db, code: code, nothing: nothing)
      if code != .success { throw code }
    }
  }

  /// Reads a source at one of its paths that still exists; returns nil where nothing in it is rejected any more.
  private func read(
    _ source: Store.RejectedSource, _ ingest: Ingest, _ progress: ProgressReport
  ) throws -> ExitCode? {
    let paths = source.paths.filter(FileManager.default.fileExists)
    guard !paths.isEmpty else {
      let places = source.paths.isEmpty ? "came from standard input" : "is no longer at \(source.paths[0])"
      progress.fail("\(source.name): \(places); to retry its rejected members, give it to `streetnum ingest`")
      return .rejected
    }
    do {
      for path in paths.dropLast() {
        do {
          return try ingest.retry(source, path: path, reasons: [reason]).isWhole ? nil : .rejected
        } catch let error as SourceError where error.code == .changed {
          // Another file has taken this path; try the next path of the source.
        }
      }
      return try ingest.retry(source, path: paths[paths.count - 1], reasons: [reason]).isWhole ? nil : .rejected
    } catch let error as SourceError {
      progress.take(error)
      return .gravest(of: [error.exitCode])
    }
  }
}
