import ArgumentParser
import Foundation
import Pipeline

/// `streetnum doctor`: checks whether runs will work here, and says how to fix what will not.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check the machine, the database and the nightly job, and say what to do.",
    discussion: """
      Checks the kernel, threads and memory, the model and the libraries, reads a drawn number as a self-test, and checks \
      the database, its disk and the permissions of this user. With --inbox it also checks the folders and the timer of \
      `streetnum nightly`; run it as the user that the job runs as. Changes nothing.

      One line is printed for each check: ok, warning or fault. Colours are used on a terminal only, and never if NO_COLOR \
      is set.

      Exit codes: 0 all is well; 3 only warnings; otherwise the code that a run would end with because of the gravest fault: \
      64, 65, 66, 70, 71, 73, 74, 77 or 78 (docs/formats.md).

      Example:
        sudo -u streetnum streetnum doctor --db /srv/streetnum/numbers.sqlite --inbox /srv/streetnum/inbox
      """)

  @Option(help: ArgumentHelp("The database.", valueName: "file"), completion: .file())
  var db = "streetnum.sqlite"

  @Option(help: ArgumentHelp("Model file to use instead of the built-in one.", valueName: "file"), completion: .file())
  var model: String?

  @Option(help: ArgumentHelp("The inbox of the nightly job.", valueName: "folder"), completion: .directory)
  var inbox: String?

  @Option(
    help: ArgumentHelp(
      "The nightly job's folder for files that were read. (default: done, in the inbox)", valueName: "folder"),
    completion: .directory)
  var done: String?

  @Option(
    help: ArgumentHelp(
      "The nightly job's folder for unusable files. (default: failed, in the inbox)", valueName: "folder"),
    completion: .directory)
  var failed: String?

  func validate() throws {
    guard inbox != nil || done == nil && failed == nil else {
      throw ValidationError("--done and --failed need --inbox")
    }
  }

  func run() throws {
    try streetnum.run {
      var diagnosis = Diagnosis()
      MachineCheck(model: model).run(&diagnosis)
      DatabaseCheck(path: db, isNightly: inbox != nil).run(&diagnosis)
      DiskCheck(database: db).run(&diagnosis)
      if let inbox {
        let usual = Night.usualFolders(in: inbox)
        NightlyCheck(inbox: inbox, done: done ?? usual.done, failed: failed ?? usual.failed).run(&diagnosis)
      }
      try write(diagnosis)
      if diagnosis.exitCode != .success { throw diagnosis.exitCode }
    }
  }

  private func write(_ diagnosis: Diagnosis) throws {
    let (output, palette) = (StandardOutput(), TerminalPalette())
    for finding in diagnosis.findings {
      let state = finding.state.rawValue
      let line = "\(finding.subject): \(state): \(printable(finding.text))\n"
      // Coloured after it is broken, because escape sequences take no columns.
      var text = TerminalWidth.output.map { wrapped(line, to: $0) } ?? line
      if let place = text.range(of: state) {
        text.replaceSubrange(place, with: palette.paint(state, finding.state.colour))
      }
      try output.write(text)
    }
    func count(_ state: Diagnosis.State) -> Int { diagnosis.findings.count { $0.state == state } }
    try output.write(
      diagnosis.exitCode == .success
        ? "all is well\n" : "\(counted(count(.fault), "fault")), \(counted(count(.warning), "warning"))\n")
    try output.flush()
  }
}

extension Diagnosis.State {
  fileprivate var colour: TerminalPalette.Colour {
    switch self {
    case .ok: .green
    case .warning: .yellow
    case .fault: .red
    }
  }
}
