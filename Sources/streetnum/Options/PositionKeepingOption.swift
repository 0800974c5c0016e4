import ArgumentParser
import Pipeline

/// The options for storing and finding where and when photographs were taken.
struct PositionKeepingOption: ParsableArguments {
  @Flag(help: "Keep nothing of where and when photographs were taken.")
  var noPositions = false

  @OptionGroup var reading: PositionOptionGroup

  func validate() throws {
    guard !noPositions || reading.isUntouched else {
      throw ValidationError("--timezone, --time-offset and --bridge-gaps do not go with --no-positions")
    }
  }

  /// These options as the pipeline's.
  var options: PositionOptions {
    var options = reading.options
    options.isOn = !noPositions
    return options
  }
}
