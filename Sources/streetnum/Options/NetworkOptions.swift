import ArgumentParser
import DigitNet
import DigitNetWeights
import Pipeline

/// What every command takes that finds numbers in pictures: the model, the limits on pictures, and where the detector looks.
struct NetworkOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Model file to use instead of the built-in one.", valueName: "file"), completion: .file())
  var model: String?

  @OptionGroup var pictures: PictureLimitOptions

  @Flag(help: "Disable the gate network and scan everything (several times slower).")
  var exhaustive = false

  /// The model that was asked for, and a reader with it.
  func load(panorama: Bool = false) throws -> (LoadedModel, NumberReader) {
    var parameters = Detector.Parameters()
    parameters.exhaustive = exhaustive
    return try Self.load(model, parameters, panorama: panorama)
  }

  /// The model of a file, or the built-in one, and a reader with it.
  static func load(
    _ model: String?, _ parameters: Detector.Parameters = Detector.Parameters(), panorama: Bool = false
  ) throws -> (LoadedModel, NumberReader) {
    let loaded = try model.map { try LoadedModel(path: $0) } ?? LoadedModel(file: Model.shippedFile)
    let reader = try NumberReader(
      model: loaded.model, kernels: .chosen(), detector: parameters, readsPanoramas: panorama)
    return (loaded, reader)
  }
}
