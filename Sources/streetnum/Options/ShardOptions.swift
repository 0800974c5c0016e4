import ArgumentParser
import Foundation

/// How `ingest` reads one archive as a worker of a job that others run.
struct ShardOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read the only input into a database of its own in this folder, instead of into --db; it is named by the SHA-256 of "
        + "the input and of the method, and appears whole or not at all.", valueName: "folder"),
    completion: .directory)
  var shard: String?

  @Option(
    help: ArgumentHelp(
      "With --shard and - for the file: print how it ended as one line of JSON, and nothing else.", valueName: "file"))
  var jsonSummary: String?

  @Flag(help: "End when the process that started this one ends.")
  var dieWithParent = false

  @Option(
    help: ArgumentHelp(
      "With --shard: the program that writes an input which is a URL to its standard output, with {} for the URL, such as "
        + "'aws s3 cp {} -'. No shell runs it; quotes hold spaces together.", valueName: "command"))
  var fetch: Fetch?

  @Option(
    help: ArgumentHelp(
      "Folder for what is fetched, as long as it is read. (default: that for temporary files)", valueName: "folder"),
    completion: .directory)
  var temp: String?

  func validate() throws {
    guard jsonSummary == nil || jsonSummary == "-" && shard != nil else {
      throw ValidationError("--json-summary takes - alone, and needs --shard")
    }
    guard shard != nil || fetch == nil && temp == nil else { throw ValidationError("--fetch and --temp need --shard") }
  }

  /// Throws where inputs and options do not fit together.
  func check(inputs: [String]) throws {
    if let url = inputs.first(where: Fetch.isNeeded), shard == nil || fetch == nil {
      throw ValidationError("\(url) is a URL, which needs --shard and --fetch")
    }
    guard shard == nil || inputs.count == 1 && inputs[0] != "-" else {
      throw ValidationError("--shard takes one archive or picture, and no standard input")
    }
  }

  /// The folder for what is fetched.
  var temporaryFolder: String { temp ?? FileManager.default.temporaryDirectory.path }
}
