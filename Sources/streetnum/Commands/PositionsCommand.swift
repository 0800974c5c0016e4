import ArgumentParser
import Foundation
import Pipeline

/// `streetnum positions`: stores where photographs were taken that are in the database already.
struct PositionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "positions",
    abstract: "Add the positions of photographs from files that arrive later.",
    discussion: """
      A FILE is a table (.csv), lines of JSON (.jsonl), the image descriptions of mapillary_tools (.json) or a GPS track (.gpx). \
      `streetnum ingest` reads such files itself if they lie beside an archive (a.tar.csv or a.csv beside a.tar) or in it; use \
      this command for files that arrive later. No photograph is read again for its numbers. A file replaces an earlier one of \
      the same name.

      A file belongs to the archive that --archive names, else to the one that its name begins with, else to the only one in \
      the database; a GPS track belongs to all.

      Exit codes: 0 all positions were added; 3 some lines are wrong or contradict another file, or a track does not fit (one \
      line on standard error for each), the rest was added; 65 the only file is none of these kinds; 66 it does not exist, or \
      names no known photograph.

      Example:
        streetnum positions positions.csv --archive street.tar
      """)

  @Argument(help: ArgumentHelp("Files with positions.", valueName: "file"), completion: .file())
  var files: [String]

  @OptionGroup var writing: WritingOptions

  @Option(
    help: ArgumentHelp(
      "The archive's name or its SHA-256, as `streetnum export` prints them.", valueName: "name|sha256"))
  var archive: String?

  @OptionGroup(title: "Positions") var positions: PositionOptionGroup

  func run() throws {
    try streetnum.run {
      let interruption = try Interruption()
      // Opened for reading first, so that a mistyped name makes no empty database.
      try Store.open(path: writing.db, mode: .read).close()
      var (report, failures) = (SidecarReport(), [SidecarFault]())
      let code = try writing.run("positions", stoppedBy: interruption) { store in
        let late = LateSidecars(store, positions.options)
        for file in files {
          do {
            report += try late.take(file, archive: archive)
          } catch let fault as SidecarFault {
            failures.append(fault)
          }
        }
        if let error = failures.first, files.count == 1 { throw error }
        return report.faults.isEmpty && failures.isEmpty ? .success : .rejected
      }
      for line in failures.map(\.line) + report.lines { Diagnostics.line(line) }
      let output = StandardOutput()
      try output.say(report.text + "\n")
      try output.flush()
      if code != .success { throw code }
    }
  }
}

extension SidecarFault: Reportable {
  var id: String? { code.rawValue }
  var summary: String { "\(path): \(line.map { "line \($0): " } ?? "")\(hinted)" }

  /// The message; where a whole file may belong to several archives, with the option that names one.
  private var hinted: String {
    code == .ambiguous && line == nil ? "\(message) with --archive" : Hint.text(message, for: code.rawValue)
  }

  var exitCode: ExitCode {
    switch code {
    case .missing, .noMatch: .missing
    case .permission: .permission
    case .unreadable: .inputOutput
    default: .unusable
    }
  }
}
