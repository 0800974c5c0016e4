import ArgumentParser
import Foundation
import Pipeline

#if Failpoints
  /// `streetnum failpoints`: the names that STREETNUM_FAILPOINT knows, a line each.
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

  /// Refuses arguments that are no UTF-8, which would come to be other names than those that were given.
  static func main() {
    let arguments = (1..<Int(CommandLine.argc)).compactMap { CommandLine.unsafeArgv[$0] }
    guard arguments.allSatisfy({ String(validatingCString: $0) != nil }) else {
      Diagnostics.line(
        "an argument is not UTF-8; rename the file, or name the folder that it lies in")
      exit(withError: ExitCode.validationFailure)
    }
    if VersionReport.isAsked(by: arguments.map { String(cString: $0) }) { VersionReport.exit() }
    keepHelpReadable()
    main(nil)
  }

  /// Columns of the narrowest help. ArgumentParser sets what an option means to the right of 26 columns, and leaves it out where
  /// there are fewer.
  private static let narrowestHelp = 50

  /// On a narrower terminal, lines of the help are broken by the terminal.
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
