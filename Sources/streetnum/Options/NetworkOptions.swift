import ArgumentParser
import DigitNet
import DigitNetWeights
import Pipeline

/// The options of all commands that find numbers in pictures: the model, the limits on pictures, and where the detector
/// searches.
struct NetworkOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Model file to use instead of the built-in one.", valueName: "file"), completion: .file())
  var model: String?

  @OptionGroup var pictures: PictureLimitOptions

  @Flag(help: "Disable the gate network and scan everything (several times slower).")
  var exhaustive = false

  /// Loads the chosen model, and makes a reader with it.
  func load(panorama: Bool = false) throws -> (LoadedModel, NumberReader) {
    var parameters = Detector.Parameters()
    parameters.exhaustive = exhaustive
    return try Self.load(model, parameters, panorama: panorama)
  }

  /// Loads a model file or the built-in model, and makes a reader with it.
  static func load(
    _ model: String?, _ parameters: Detector.Parameters = Detector.Parameters(), panorama: Bool = false
  ) throws -> (LoadedModel, NumberReader) {
    let loaded = try model.map { try LoadedModel(path: $0) } ?? LoadedModel(file: Model.shippedFile)
    let reader = try NumberReader(
      model: loaded.model, kernels: .chosen(), detector: parameters, readsPanoramas: panorama)
    return (loaded, reader)
  }
}
