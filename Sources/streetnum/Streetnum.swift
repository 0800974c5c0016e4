import ArgumentParser
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

  /// Refuses arguments that are no UTF-8, which would come to be other names than those that were given.
  static func main() {
    let arguments = (1..<Int(CommandLine.argc)).compactMap { CommandLine.unsafeArgv[$0] }
    guard arguments.allSatisfy({ String(validatingCString: $0) != nil }) else {
      Diagnostics.line(
        "an argument is not UTF-8; such a name can't be given: rename it, or give the folder that it lies in")
      exit(withError: ExitCode.validationFailure)
    }
    if VersionReport.isAsked(by: arguments.map { String(cString: $0) }) { VersionReport.exit() }
    main(nil)
  }

  static let configuration = CommandConfiguration(
    abstract: "House numbers from street photographs, in a database.",
    version: Version.current,
    subcommands: [
      IngestCommand.self, QueryCommand.self, DetectCommand.self, ExportCommand.self, NightlyCommand.self,
      VerifyCommand.self, RetryCommand.self, MergeCommand.self, BackupCommand.self, ForgetCommand.self,
      PruneCommand.self, BackfillCommand.self, ShowCommand.self, ReportCommand.self, EvaluateCommand.self,
      LearnCommand.self, ExplainCommand.self, EvidenceCommand.self, ReadMemberCommand.self, WalkSourceCommand.self,
    ] + forTests)
}
