import ArgumentParser
import Foundation
import Pipeline

#if Failpoints
  /// `streetnum failpoints`: prints the names that STREETNUM_FAILPOINT accepts, one per line.
  struct FailpointsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "failpoints", shouldDisplay: false)

    func run() throws {
      let output = StandardOutput()
      for failpoint in Failpoint.allCases { try output.write(failpoint.rawValue + "\n") }
      try output.flush()
    }
  }
#endif

/// The command line: `streetnum COMMAND`.
@main
struct Streetnum: ParsableCommand {
  #if Failpoints
    private static let forTests: [any ParsableCommand.Type] = [FailpointsCommand.self]
  #else
    private static let forTests: [any ParsableCommand.Type] = []
  #endif

  #if Server
    private static let ofServer: [any ParsableCommand.Type] = [ServeCommand.self]
  #else
    private static let ofServer: [any ParsableCommand.Type] = []
  #endif

  /// Rejects arguments that are not UTF-8; Swift would convert them to other names.
  static func main() {
    let arguments = (1..<Int(CommandLine.argc)).compactMap { CommandLine.unsafeArgv[$0] }
    guard arguments.allSatisfy({ String(validatingCString: $0) != nil }) else {
      Diagnostics.line(
        "an argument is not UTF-8; rename the file, or name the folder that it lies in")
      exit(withError: ExitCode.validationFailure)
    }
    if VersionReport.isAsked(by: arguments.map { String(cString: $0) }) { VersionReport.exit() }
    keepHelpReadable()
    if let unknown = UnknownCommand(in: arguments.map { String(cString: $0) }, of: self) {
      exit(withError: ValidationError(unknown.message))
    }
    main(nil)
  }

  /// The smallest width of help, in columns. ArgumentParser prints the meaning of an option from column 26 on, and
  /// omits it on narrower terminals.
  private static let narrowestHelp = 50

  /// On a narrower terminal, the terminal itself wraps the lines of the help.
  private static func keepHelpReadable() {
    guard let columns = TerminalWidth.output, columns < narrowestHelp else { return }
    setenv("COLUMNS", "\(narrowestHelp)", 1)
  }

  static let configuration = CommandConfiguration(
    abstract: "Read the house numbers in street photographs into a database.",
    discussion: """
      Examples:
        streetnum ingest archive.tar
        streetnum query --number 27
        streetnum detect photograph.jpg
      """,
    version: Version.current,
    subcommands: [EvidenceCommand.self, ReadMemberCommand.self, WalkSourceCommand.self] + forTests,
    groupedSubcommands: [
      CommandGroup(
        name: "Read",
        subcommands: [
          IngestCommand.self,
          NightlyCommand.self,
          RetryCommand.self,
          DetectCommand.self,
        ]),
      CommandGroup(
        name: "Look",
        subcommands: [
          QueryCommand.self,
          ShowCommand.self,
          ReportCommand.self,
          ExportCommand.self,
        ] + ofServer),
      CommandGroup(
        name: "Operate",
        subcommands: [
          DoctorCommand.self,
          VerifyCommand.self,
          BackupCommand.self,
          MergeCommand.self,
          BackfillCommand.self,
          PositionsCommand.self,
          PruneCommand.self,
          ForgetCommand.self,
        ]),
      CommandGroup(
        name: "Measure",
        subcommands: [
          EvaluateCommand.self
        ]),
      CommandGroup(
        name: "Learn",
        subcommands: [
          LearnCommand.self,
          ExplainCommand.self,
        ]),
    ])
}
