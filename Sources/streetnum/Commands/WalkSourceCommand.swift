import ArgumentParser
import Pipeline

/// `streetnum walk-source`: reads the members of a source that crashed earlier runs. Only its exit code matters.
struct WalkSourceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "walk-source", abstract: "Go through a source that may end the program.", shouldDisplay: false)

  @Argument(help: "What to go through.")
  var source: String

  @OptionGroup var size: MemberSizeOption

  @OptionGroup var archives: ArchiveLimitOptions

  func run() throws {
    try streetnum.run {
      try SystemShortage.check(workers: 1)
      try endWithParent()
      try Source(path: source).walk(limits: archives.limits(memberBytes: size.memberBytes))
    }
  }
}
