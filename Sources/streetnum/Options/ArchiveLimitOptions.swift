import ArgumentParser
import Pipeline

/// The limits on the data that an archive may produce.
struct ArchiveLimitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Maximum decompression ratio of an archive, checked after the first 64 MiB.", valueName: "ratio"))
  var maxRatio = SourceLimits().ratio

  @Option(help: ArgumentHelp("Maximum number of members of an archive.", valueName: "count"))
  var maxMembers = SourceLimits().members

  func validate() throws {
    guard 1...1_000_000 ~= maxRatio else { throw ValidationError("--max-ratio takes a number from 1 to 1000000") }
    guard 1...1_000_000_000 ~= maxMembers else {
      throw ValidationError("--max-members takes a number from 1 to 1000000000")
    }
  }

  /// These options as the pipeline's, with the limit on members.
  func limits(memberBytes: Int) -> SourceLimits {
    var limits = SourceLimits()
    (limits.memberBytes, limits.ratio, limits.members) = (memberBytes, maxRatio, maxMembers)
    return limits
  }
}
