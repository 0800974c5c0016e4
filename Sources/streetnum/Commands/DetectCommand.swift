import ArgumentParser
import DigitNet
import Foundation
import Pipeline

/// `streetnum detect`: the numbers of a few pictures, without a database.
struct DetectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "detect",
    abstract: "Say which house numbers a picture shows, without a database.")

  @Argument(help: ArgumentHelp("PNG or JPEG files.", valueName: "image"), completion: .file())
  var images: [String]

  @OptionGroup var confidence: ConfidenceOption

  @Option(help: "How to print them.")
  var format = OutputFormat.table

  @OptionGroup(title: "Reading") var reading: ReadingOptions

  func run() throws {
    try streetnum.run {
      try SystemShortage.check(workers: ProcessInfo.processInfo.activeProcessorCount, pictures: 1)
      let (_, reader) = try reading.load()
      let output = StandardOutput()
      let writer = format.writer(to: output.write)
      let code = try reading.forEachImage(of: images) { path, picture in
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
