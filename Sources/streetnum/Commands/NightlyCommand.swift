import ArgumentParser
import Foundation
import Logging
import Pipeline
import Synchronization

/// `streetnum nightly`: the unattended job that a timer starts.
struct NightlyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nightly",
    abstract: "Process new files in an inbox and report the results.",
    discussion: """
      Reads each archive and picture in the inbox that has not changed for the quiet time, in order of names. Content that \
      was read before, under any name, is not read again. A file that was read is moved to --done, even if members \
      were rejected, or if it is truncated or damaged after its first members; a file of which nothing can be read is moved to \
      --failed; a file that the system can't read stays. Hidden files, \
      folders, unfinished uploads, the database, the reports and the metrics stay.

      The report is printed as text. --report FILE also writes it to a file: as JSON if the name ends in .json, as a page \
      with pictures if it ends in .html, else as text.

      Exit codes: 0 everything was read; 3 something was rejected, unusable or without a picture; 64 an output would replace \
      an input or a file that streetnum did not write; 71 too few threads or open files, or too little memory; 73, 74, 77 the database or a file can't be created, \
      written, read or moved; 75 another run holds the lock and appears stalled; 130, 143 stopped by a signal. See \
      docs/formats.md for what to do.

      Example:
        streetnum nightly --inbox /srv/streetnum/inbox --db /srv/streetnum/numbers.sqlite --report report.html
      """)

  @Option(help: ArgumentHelp("The folder that new archives are put into.", valueName: "folder"), completion: .directory)
  var inbox: String

  @OptionGroup var writing: WritingOptions

  @Option(
    help: ArgumentHelp("Folder for files that were read. (default: done, in the inbox)", valueName: "folder"),
    completion: .directory)
  var done: String?

  @Option(
    help: ArgumentHelp("Folder for unusable files. (default: failed, in the inbox)", valueName: "folder"),
    completion: .directory)
  var failed: String?

  @Option(
    help: ArgumentHelp("Also write the report to a file; may be given more than once.", valueName: "file"),
    completion: .file())
  var report: [String] = []

  @Option(
    help: ArgumentHelp("Write metrics for Prometheus' textfile collector.", valueName: "file"),
    completion: .file())
  var metrics: String?

  @Option(
    help: ArgumentHelp("Skip files that changed within this time, for uploads: 60, 60s, 5m, 1h.", valueName: "time"))
  var quietTime = Seconds(60)

  @Option(help: "Format of the log on standard error.")
  var logFormat = LogFormat.plain

  @OptionGroup var crops: CropOption

  @OptionGroup(title: "Positions") var positions: PositionKeepingOption

  @OptionGroup var sources: SourceOptions

  func run() throws {
    let logger = Logger(label: "streetnum") { _ in LineLogHandler(logFormat) }
    func tell(_ error: String) {
      switch logFormat {
      case .plain: Diagnostics.line(error)
      case .json: logger.error("\(error)")
      }
    }
    try streetnum.run(telling: tell) {
      let interruption = try Interruption()
      try sources.checkShortage()
      let (loaded, reader) = try sources.reading.load()
      guard FileManager.default.fileExists(atPath: inbox) else {
        throw SourceError(.missing, "There is no such inbox", path: inbox)
      }
      try checkOutputs()
      var options = sources.ingestOptions
      (options.wait, options.crops) = (writing.wait.count, crops.isOn)
      options.positions = positions.options
      let begun = Date()
      let entries = Mutex<[NightReport.Entry]>([])
      logger.info("begins", metadata: ["inbox": "\(inbox)", "db": "\(writing.db)"])
      let code = try writing.run("nightly", stoppedBy: interruption, check: .always) { store in
        let ingest = Ingest(
          store: store, reader: reader, method: loaded.method(reader, options), options: options,
          stop: interruption.stop, watch: { Self.log($0, logger) },
          isolation: sources.isolation(crops: crops.isOn, stop: interruption.stop))
        let night = try Night(
          ingest: ingest, inbox: inbox, done: folders.done, failed: folders.failed,
          own: outputs + [sources.reading.model].compactMap(\.self),
          quietTime: quietTime.count,
          tell: { entry in
            Self.log(entry, logger)
            entries.withLock { $0.append(entry.hinted) }
          })
        func report(_ code: ExitCode, _ reason: Reason? = nil) throws {
          try write(
            NightReport(
              model: loaded.id, database: writing.db, inbox: inbox, startedAt: begun,
              entries: entries.withLock { $0 }, exitCode: Int(code.rawValue), reason: reason), store)
        }
        do {
          try night.run()
        } catch {
          // A night that fails early still writes its report, as far as possible.
          let known = interruption.exitCode == nil ? error as? any Reportable : nil
          let reason = known.flatMap { error in error.id.map { Reason(id: $0, message: error.summary) } }
          try? report(interruption.exitCode ?? streetnum.exitCode(of: error), reason)
          throw error
        }
        let code = Self.exitCode(of: entries.withLock { $0 })
        try report(code)
        return code
      }
      logger.info("ends", metadata: ["exit": "\(code.rawValue)"])
      if code != .success { throw code }
    }
  }

  private var outputs: [String] { report + [metrics].compactMap(\.self) }

  /// The folders to which finished files are moved.
  private var folders: (done: String, failed: String) {
    let usual = Night.usualFolders(in: inbox)
    return (done ?? usual.done, failed ?? usual.failed)
  }

  /// The first bytes of the files that this command writes, by which an earlier report is recognised.
  static let beginnings = [
    "streetnum nightly, ", "{\n  \"database\" : ", "# HELP streetnum_", LedgerPage.beginning,
  ]

  /// Throws, before any file is changed, where an output would replace an input, or a file would be moved into its own
  /// folder.
  private func checkOutputs() throws {
    try Night.checkFolders(inbox: inbox, done: folders.done, failed: folders.failed)
    let inputs = Store.files(at: writing.db) + [sources.reading.model].compactMap(\.self)
    for (index, path) in outputs.enumerated() {
      let file = OutputFile(path: path, kind: .night)
      try file.check()
      try file.check(against: inputs + outputs[..<index])
    }
  }

  private func write(_ report: NightReport, _ store: Store) throws {
    // One file that can't be written does not keep the others from being written.
    var failure: (any Error)?
    func attempt(_ write: () throws -> Void) {
      do { try write() } catch { failure = failure ?? error }
    }
    attempt {
      let output = StandardOutput()
      do {
        try output.say(report.text)
        try output.flush()
      } catch let error as OutputError where error.hasNoReader {
        // The night succeeded even if nobody reads its report from standard output.
      }
    }
    for file in self.report {
      attempt { try OutputFile(path: file, kind: .night).write(text(of: report, for: file, store)) }
    }
    if let metrics {
      attempt {
        try OutputFile(path: metrics, kind: .night).write(Metrics(report, try? store.summary()).text)
      }
    }
    if let failure { throw failure }
  }

  /// The report in the format that the file's name implies.
  private func text(of report: NightReport, for file: String, _ store: Store) throws -> String {
    if file.hasSuffix(".json") { return report.json }
    guard file.hasSuffix(".html") else { return report.text }
    // The database counts milliseconds, and the night began before its first set was claimed.
    let since = LedgerPage.time(report.startedAt.addingTimeInterval(-0.002))
    return LedgerPage(
      database: writing.db, scope: "what this night read", try store.overview(since: since),
      try LedgerPage.Gallery(of: store, from: NumberQuery().minimumConfidence, since: since), night: report
    ).html
  }

  /// 0 where nothing needs attention; else the gravest code, in the order of the contract.
  private static func exitCode(of entries: [NightReport.Entry]) -> ExitCode {
    let codes = entries.compactMap { entry -> ExitCode? in
      guard entry.outcome == .failed, let reason = entry.reason else { return entry.isTrouble ? .rejected : nil }
      switch reason.id {
      case "inbox.cannot_move": return .inputOutput
      case let id where id.hasPrefix("store."):
        return StoreError(code: StoreError.Code(rawValue: id), message: "", path: "").exitCode
      case SourceError.Code.changed.rawValue: return .rejected
      default: return SourceError(SourceError.Code(rawValue: reason.id), "", path: "").exitCode
      }
    }
    return .gravest(of: codes)
  }

  private static func log(_ event: IngestEvent, _ logger: Logger) {
    switch event {
    case .member(let name, .rejected(let reason), _, _):
      logger.warning(
        "rejected",
        metadata: ["member": "\(name)", "reason": "\(reason.id)", "why": "\(reason.hinted.message)"])
    case .started(let source, let committed):
      logger.info("reads", metadata: ["source": "\(source)", "members_stored_before": "\(committed)"])
    case .readingAgain(let source, let reason):
      logger.info("reads again", metadata: ["source": "\(source)", "reason": "\(reason.id)"])
    case .positions(_, let report):
      for fault: String in report.named.faults.map(\.line) { logger.warning("\(fault)") }
    case .hashing, .progress, .member, .finished: break
    }
  }

  private static func log(_ entry: NightReport.Entry, _ logger: Logger) {
    if entry.outcome == .ignored { return }
    logger.log(
      level: entry.isTrouble ? .warning : .info, "\(entry.outcome.rawValue)",
      metadata: [
        "source": "\(entry.name)", "done": "\(entry.done)", "rejected": "\(entry.rejected)",
        "ignored": "\(entry.ignored)", "numbers": "\(entry.numbers)", "now_at": "\(entry.path)",
        "seconds": "\(String(format: "%.1f", entry.seconds))", "reason": "\(entry.reason?.id ?? "none")",
      ])
  }
}
