import ArgumentParser
import DigitNet
import Pipeline

/// `streetnum detect`: the numbers of a few pictures, without a database.
struct DetectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "detect",
    abstract: "Say which house numbers a picture shows, without a database.")

  @Argument(help: ArgumentHelp("PNG or JPEG files.", valueName: "image"))
  var images: [String]

  @OptionGroup var confidence: ConfidenceOption

  @Option(help: "How to print them.")
  var format = OutputFormat.table

  @OptionGroup(title: "Reading") var reading: ReadingOptions

  func run() throws {
    try streetnum.run {
      let (_, reader) = try reading.load()
      let output = StandardOutput()
      let writer = format.writer(to: output)
      var failed = false
      for path in images {
        do {
          let image = try Picture(path: path, limits: reading.limits).image
          for number in reader.numbers(in: image) where number.confidence >= confidence.least {
            try writer.write(
              FoundNumber(
                archive: nil, archiveSHA256: nil, image: path, ordinal: nil, width: image.width,
                height: image.height, number: number))
          }
        } catch let error as any Reportable where images.count > 1 && !(error is OutputError) {
          Diagnostics.line(error.summary)
          failed = true
        }
      }
      try writer.end()
      try output.flush()
      if failed { throw ExitCode.rejected }
    }
  }
}
