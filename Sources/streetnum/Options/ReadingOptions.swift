import ArgumentParser
import Pipeline

/// What every command that reads pictures takes: the model, the limits on pictures and their files, and how they are read.
struct ReadingOptions: ParsableArguments {
  @OptionGroup var networks: NetworkOptions

  @Flag(
    help: ArgumentHelp(
      "Read every picture as an equirectangular panorama of a full turn, also across the seam of its two ends; those whose "
        + "metadata say so (GPano) always are."))
  var panorama = false

  /// The model file; nil for the built-in model.
  var model: String? { networks.model }

  /// Most bytes of a picture's file.
  var memberBytes: Int { networks.pictures.memberBytes }

  /// The limits on a picture.
  var limits: ImageLimits { networks.pictures.limits }

  /// The model that was asked for, and a reader with it.
  func load() throws -> (LoadedModel, NumberReader) { try networks.load(panorama: panorama) }
}
