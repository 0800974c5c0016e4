import ArgumentParser
import DigitNet
import Foundation
import Pipeline

/// `streetnum detect`: reads the numbers of a few pictures without a database.
struct DetectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "detect",
    abstract: "Read the house numbers in a picture, without a database.",
    discussion: """
      Exit codes: 0 everything was read; 3 one of several pictures was unusable; 65 the only picture is unusable.

      Examples:
        streetnum detect photograph.jpg
        streetnum detect --format json --min-confidence 0.9 a.jpg b.png
      """)

  @Argument(help: ArgumentHelp("PNG or JPEG files.", valueName: "image"), completion: .file())
  var images: [String]

  @OptionGroup var confidence: ConfidenceOption

  @Option(help: "Output format.")
  var format = OutputFormat.table

  @OptionGroup(title: "Reading") var reading: ReadingOptions

  func run() throws {
    try streetnum.run {
      try SystemShortage.check(workers: ProcessInfo.processInfo.activeProcessorCount, pictures: 1)
      let (_, reader) = try reading.load()
      let output = StandardOutput()
      let writer = format.writer(columns: TerminalWidth.output, to: output.write)
      let code = try reading.networks.pictures.forEachImage(of: images) { path, picture in
        let size = picture.coded.size
        for number in try picture.numbers(reader, threads: ProcessInfo.processInfo.activeProcessorCount)
        where number.confidence >= confidence.least {
          try writer.write(
            FoundNumber(
              archive: nil, archiveSHA256: nil, image: path, ordinal: nil, width: size.width,
              height: size.height, number: number))
        }
      }
      try writer.end()
      try output.flush()
      if code != .success { throw code }
    }
  }
}
