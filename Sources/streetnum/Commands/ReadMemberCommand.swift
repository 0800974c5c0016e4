import ArgumentParser
import DigitNet
import Foundation
import Pipeline

/// `streetnum read-member`: reads one picture from standard input and prints the result as JSON. A run uses it for
/// pictures that crashed an earlier run.
struct ReadMemberCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read-member", abstract: "Read a picture that may end the program.", shouldDisplay: false)

  @OptionGroup var reading: ReadingOptions

  @Option(help: ArgumentHelp("Maximum time to decode it.", valueName: "time"))
  var memberTimeout = Seconds(IngestOptions().memberTimeout)

  @Flag(help: "Make crops of its numbers, too.")
  var crops = false

  func run() throws {
    try streetnum.run {
      try SystemShortage.check(workers: 1)
      let (_, reader) = try reading.load()
      guard let length = try FileHandle.standardInput.read(upToCount: 8),
        let count = length.integer(at: 0, count: 8, .big), count >= 0
      else { return }
      let bytes = try FileHandle.standardInput.read(upToCount: count) ?? Data()
      try endWithParent()
      Failpoint.memberIsolated.reach()
      let output = StandardOutput()
      let told = self.reading(of: Array(bytes), reader)
      try output.write(String(decoding: try JSONEncoder().encode(told), as: UTF8.self))
      try output.flush()
    }
  }

  private func reading(of bytes: [UInt8], _ reader: NumberReader) -> MemberReading {
    do throws(ImageError) {
      let picture = try CodedImage(bytes, limits: reading.limits)
      var told = try reader.reading(
        of: picture.due(Deadline(in: memberTimeout.count)), threads: 1, crops: crops)
      if case .done = told.state { told.statements = GeotagReader().statements(in: bytes) }
      return told
    } catch {
      return MemberReading(state: .rejected(Reason(id: error.code.rawValue, message: error.message)))
    }
  }
}

/// Ends this process when its standard input closes: the run that started it has ended, and nobody reads the result.
func endWithParent() throws(ShortageError) {
  try SystemThread {
    _ = try? FileHandle.standardInput.read(upToCount: 1)
    _exit(ExitCode.internalError.rawValue)
  }.detach()
}
