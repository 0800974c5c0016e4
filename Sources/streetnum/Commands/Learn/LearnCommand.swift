import ArgumentParser

/// `streetnum learn`: lessons in which networks are trained and examined.
struct LearnCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn",
    abstract: "Train textbook networks and see how they work.",
    subcommands: [
      LearnMNISTCommand.self, LearnSlideCommand.self, LearnCalibrateCommand.self, LearnClassifyCommand.self,
      LearnDescribeCommand.self, LearnLimitsCommand.self,
    ])
}
