import ArgumentParser
import Pipeline

/// The command line: `streetnum COMMAND`.
@main
struct Streetnum: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "House numbers from street photographs, in a database.",
    version: Version.current,
    subcommands: [
      IngestCommand.self, QueryCommand.self, DetectCommand.self, EvaluateCommand.self, EvidenceCommand.self,
    ])
}
