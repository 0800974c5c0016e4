import ArgumentParser
import Pipeline

/// The option for the largest size of a picture's file.
struct MemberSizeOption: ParsableArguments {
  @Option(help: ArgumentHelp("Maximum size of an image file or an archive's member, in MiB.", valueName: "mib"))
  var maxMemberSize = SourceLimits().memberBytes >> 20

  func validate() throws {
    guard 1...1_048_576 ~= maxMemberSize else {
      throw ValidationError("--max-member-size takes MiB, from 1 to 1048576")
    }
  }

  /// The largest size of a picture's file, in bytes.
  var memberBytes: Int { maxMemberSize << 20 }
}
