import ArgumentParser

/// `streetnum learn`: networks that learn while one looks on.
struct LearnCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn",
    abstract: "Train textbook networks and see how they work.",
    subcommands: [
      LearnMNISTCommand.self, LearnSlideCommand.self, LearnCalibrateCommand.self, LearnClassifyCommand.self,
      LearnDescribeCommand.self, LearnLimitsCommand.self,
    ])
}
