import ArgumentParser
import DigitNet
import DigitNetWeights
import Pipeline

/// What every command that reads pictures takes: the model, and the limits on pictures and their files.
struct ReadingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Model file to use instead of the built-in one.", valueName: "file"), completion: .file())
  var model: String?

  @Option(help: ArgumentHelp("Maximum size of a picture, in megapixels.", valueName: "megapixels"))
  var maxMegapixels = ImageLimits().megapixels

  @Option(help: ArgumentHelp("Maximum number of scans of a progressive JPEG.", valueName: "count"))
  var maxScans = ImageLimits().progressiveScans

  @Option(help: ArgumentHelp("Maximum size of an image file or an archive's member, in MiB.", valueName: "mib"))
  var maxMemberSize = SourceLimits().memberBytes >> 20

  @Flag(help: "Disable the gate network and scan everything (several times slower).")
  var exhaustive = false

  @Flag(
    help: ArgumentHelp(
      "Read every picture as an equirectangular panorama of a full turn, also across the seam of its two ends; those whose "
        + "metadata say so (GPano) always are."))
  var panorama = false

  func validate() throws {
    guard ImageLimits.megapixelsRange ~= maxMegapixels else {
      throw ValidationError("--max-megapixels takes a number in \(ImageLimits.megapixelsRange)")
    }
    guard ImageLimits.progressiveScansRange ~= maxScans else {
      throw ValidationError("--max-scans takes a number in \(ImageLimits.progressiveScansRange)")
    }
    guard 1...1_048_576 ~= maxMemberSize else { throw ValidationError("--max-member-size takes MiB, 1...1048576") }
  }

  /// Most bytes of a picture's file.
  var memberBytes: Int { maxMemberSize << 20 }

  var limits: ImageLimits { ImageLimits(megapixels: maxMegapixels, progressiveScans: maxScans) }

  /// The model that was asked for, and a reader with it.
  func load() throws -> (LoadedModel, NumberReader) {
    let loaded = try model.map { try LoadedModel(path: $0) } ?? LoadedModel(file: Model.shippedFile)
    var parameters = Detector.Parameters()
    parameters.exhaustive = exhaustive
    let reader = try NumberReader(
      model: loaded.model, kernels: .chosen(), detector: parameters, readsPanoramas: panorama)
    return (loaded, reader)
  }

  /// Takes pictures one after the other. One of several that can't be read gets its line on standard error, and the work
  /// goes on; a single one throws. Returns what the exit says of those that were not read.
  func forEachImage(
    of paths: [String], _ body: (_ path: String, _ picture: ImageFile) throws -> Void
  ) throws -> ExitCode {
    var failures: [ExitCode] = []
    for path in paths {
      do {
        try body(path, ImageFile(path: path, limits: limits, memberBytes: memberBytes))
      } catch let error as any Reportable where paths.count > 1 && !(error is OutputError) {
        Diagnostics.line(error.line)
        failures.append(error.exitCode)
      }
    }
    return .gravest(of: failures)
  }
}
