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

  static let configuration = CommandConfiguration(
    abstract: "House numbers from street photographs, in a database.",
    version: Version.current,
    subcommands: [
      IngestCommand.self, QueryCommand.self, DetectCommand.self, ExportCommand.self, NightlyCommand.self,
      VerifyCommand.self, RetryCommand.self, BackupCommand.self, EvaluateCommand.self, EvidenceCommand.self,
      ReadMemberCommand.self,
    ] + forTests)
}
