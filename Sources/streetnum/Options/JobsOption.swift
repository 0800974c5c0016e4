import ArgumentParser
import Pipeline

/// The option for how many pictures are processed at once.
struct JobsOption: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Number of pictures processed at once. (default: the number of cores)", valueName: "count"))
  var jobs: Int?

  func validate() throws {
    if let jobs, !(1...1024 ~= jobs) { throw ValidationError("--jobs takes a number from 1 to 1024") }
  }

  /// The requested count, or the number of cores.
  var count: Int { jobs ?? IngestOptions().jobs }
}
