import ArgumentParser
import Pipeline

/// The options of all commands that read pictures: the model, the limits on pictures and their files, and how they are
/// read.
struct ReadingOptions: ParsableArguments {
  @OptionGroup var networks: NetworkOptions

  @Flag(
    help: ArgumentHelp(
      "Read every picture as an equirectangular panorama of a full turn, also across the seam of its two ends; those whose "
        + "metadata say so (GPano) always are."))
  var panorama = false

  /// The model file; nil for the built-in model.
  var model: String? { networks.model }

  /// The largest size of a picture's file, in bytes.
  var memberBytes: Int { networks.pictures.memberBytes }

  /// The limits on a picture.
  var limits: ImageLimits { networks.pictures.limits }

  /// Loads the chosen model, and makes a reader with it.
  func load() throws -> (LoadedModel, NumberReader) { try networks.load(panorama: panorama) }
}
