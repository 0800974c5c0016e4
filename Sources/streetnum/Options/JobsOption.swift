import ArgumentParser
import Pipeline

/// How many pictures are processed at once.
struct JobsOption: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Number of pictures processed at once. (default: the number of cores)", valueName: "count"))
  var jobs: Int?

  func validate() throws {
    if let jobs, !(1...1024 ~= jobs) { throw ValidationError("--jobs takes a number in 1...1024") }
  }

  /// As many as are asked for, or as there are cores.
  var count: Int { jobs ?? IngestOptions().jobs }
}
