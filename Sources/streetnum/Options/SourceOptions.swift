import ArgumentParser
import Pipeline

/// The options of all commands that read sources: the use of the machine, and the limits on sources and pictures.
struct SourceOptions: ParsableArguments {
  @OptionGroup var jobs: JobsOption

  @Option(
    help: ArgumentHelp(
      "Memory limit for images being processed, in MiB. (default: a quarter of the machine's memory, at most 4096)",
      valueName: "mib"))
  var memory: Int?

  @OptionGroup(title: "Reading") var reading: ReadingOptions

  @OptionGroup var archives: ArchiveLimitOptions

  @Option(
    help: ArgumentHelp(
      "Maximum time to decode a picture; the next run retries one that took longer: 60, 60s, 5m, 1h.",
      valueName: "time"))
  var memberTimeout = Seconds(IngestOptions().memberTimeout)

  @Flag(help: "Exit with 0, not 3, if an archive or a folder has no member or no picture.")
  var allowEmpty = false

  func validate() throws {
    guard (0.001...86_400).contains(memberTimeout.count) else {
      throw ValidationError("--member-timeout takes a time of 0.001s to 24h")
    }
    if let memory, !(1...1_048_576 ~= memory) { throw ValidationError("--memory takes MiB, from 1 to 1048576") }
  }

  /// These options as the pipeline's.
  var ingestOptions: IngestOptions {
    var options = IngestOptions()
    options.jobs = jobs.count
    if let memory { options.memory = memory << 20 }
    options.sources = archives.limits(memberBytes: reading.memberBytes)
    options.images = reading.limits
    options.memberTimeout = memberTimeout.count
    options.allowEmpty = allowEmpty
    return options
  }

  /// Throws where the system provides less than these jobs need.
  func checkShortage() throws { try SystemShortage.check(workers: ingestOptions.jobs) }

  /// The isolation that reads members and sources in separate processes.
  func isolation(crops: Bool = true, stop: StopSign) -> Isolation {
    IsolatedReading(self, crops: crops, stop: stop).isolation
  }
}

extension Ingest {
  /// Reads inputs one after the other. The exit code reports what could not be read. Where several inputs are given,
  /// one that can't be read is reported and skipped.
  func run(inputs: [String], progress: ProgressReport) throws -> ExitCode {
    var failures: [ExitCode] = []
    var held: [String] = []
    func attempt(_ input: String, _ read: (String) throws -> Result?) throws {
      do {
        guard let result = try read(input) else { return held.append(input) }
        if !result.isWhole { failures.append(.rejected) }
      } catch let error as SourceError where inputs.count > 1 {
        progress.take(error)
        failures.append(error.exitCode)
      }
    }
    // Inputs that another run is reading come last.
    for input in inputs { try attempt(input, runUnlessHeld) }
    for input in held { try attempt(input, run) }
    return .gravest(of: failures)
  }
}
