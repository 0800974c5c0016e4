import ArgumentParser
import Foundation
import Pipeline

/// `streetnum retry`: reads again what was rejected.
struct RetryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Read rejected members again, and nothing else.",
    discussion: """
      For when the reason is gone: a file's rights were mended, a crash was repaired by a newer version. Takes the sources \
      from where they were last seen. The same limits and the same model are needed as before; other limits are other \
      results, which `streetnum ingest` makes. Patterns know * and ?.

      Exit codes: 0 all that was rejected is read; 3 something is still rejected, or a source isn't where it was; \
      74, 77 a source can't be read.
      """)

  @OptionGroup var writing: WritingOptions

  @Option(help: ArgumentHelp("Only members rejected for a reason such as image.truncated.", valueName: "pattern"))
  var reason = "*"

  @Option(help: ArgumentHelp("Only sources whose name matches.", valueName: "pattern"))
  var archive = "*"

  @OptionGroup var sources: SourceOptions

  @Flag(name: [.short, .long], help: "Name every member that is rejected or ignored, and why.")
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
      var nothing: String?
      let code = try writing.run("retry", stoppedBy: interruption) { store in
        let method = loaded.method(reader, options)
        let ingest = Ingest(
          store: store, reader: reader, method: method, options: options, stop: interruption.stop,
          watch: { progress.take($0) }, isolation: sources.isolation())
        let rejected = try store.rejectedSources(method: method, reasons: [reason], archive: archive)
        if rejected.isEmpty {
          let others = try store.rejectedSources(method: method).count
          let outdated = try store.outdatedCount()
          nothing =
            others > 0
            ? "no rejected member matches; \(others) sources have others"
            : "nothing is rejected with this model and these limits; other limits are for `streetnum ingest`"
              + (outdated > 0 ? ", and so are the \(outdated) sources that an earlier version read" : "")
          return others + outdated > 0 ? .rejected : .success
        }
        return .gravest(of: try rejected.compactMap { try read($0, ingest, progress) })
      }
      progress.end(database: writing.db, code: code, nothing: nothing)
      if code != .success { throw code }
    }
  }

  /// Reads a source where it is still found; nil where nothing of it is rejected now.
  private func read(
    _ source: Store.RejectedSource, _ ingest: Ingest, _ progress: ProgressReport
  ) throws -> ExitCode? {
    let paths = source.paths.filter(FileManager.default.fileExists)
    guard !paths.isEmpty else {
      let places = source.paths.isEmpty ? "came from standard input" : "is no longer at \(source.paths[0])"
      progress.fail("\(source.name): \(places); give it to `streetnum ingest` again to try its rejected members")
      return .rejected
    }
    do {
      for path in paths.dropLast() {
        do {
          return try ingest.retry(source, path: path, reasons: [reason]).isWhole ? nil : .rejected
        } catch let error as SourceError where error.code == .changed {
          // Another file lies there now; the next place may hold it still.
        }
      }
      return try ingest.retry(source, path: paths[paths.count - 1], reasons: [reason]).isWhole ? nil : .rejected
    } catch let error as SourceError {
      progress.take(error)
      return .gravest(of: [error.exitCode])
    }
  }
}
