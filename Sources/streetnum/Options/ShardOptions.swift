import ArgumentParser
import Foundation

/// The options with which `ingest` reads one archive as a worker of a larger job.
struct ShardOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read the only input into a new database in this folder, instead of into --db. The file's name is made of the SHA-256 "
        + "of the input and of the method; the file appears only when it is complete.", valueName: "folder"),
    completion: .directory)
  var shard: String?

  @Option(
    help: ArgumentHelp(
      "With --shard; the only FILE is -: print the result as one line of JSON, and nothing else.", valueName: "file"))
  var jsonSummary: String?

  @Flag(help: "Exit when the parent process exits.")
  var dieWithParent = false

  @Option(
    help: ArgumentHelp(
      "With --shard, if the input is a URL: the command that writes it to standard output, with {} for the URL, such as "
        + "'aws s3 cp {} -'. No shell runs it; quotes hold spaces together.", valueName: "command"))
  var fetch: Fetch?

  @Option(
    help: ArgumentHelp(
      "Folder for a fetched file while it is read. (default: the folder for temporary files)", valueName: "folder"),
    completion: .directory)
  var fetchFolder: String?

  /// The name of `--fetch-folder` in version 0.1.0.
  @Option(help: .hidden)
  var temp: String?

  func validate() throws {
    guard jsonSummary == nil || jsonSummary == "-" && shard != nil else {
      throw ValidationError("--json-summary takes - alone, and needs --shard")
    }
    guard shard != nil || fetch == nil && fetchFolder == nil && temp == nil else {
      throw ValidationError("--fetch and --fetch-folder need --shard")
    }
    guard fetch != nil || fetchFolder == nil && temp == nil else {
      throw ValidationError("--fetch-folder needs --fetch")
    }
    guard fetchFolder == nil || temp == nil else {
      throw ValidationError("--temp is the older name of --fetch-folder; give one of them")
    }
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

  /// The folder for fetched archives.
  var temporaryFolder: String { fetchFolder ?? temp ?? FileManager.default.temporaryDirectory.path }
}
