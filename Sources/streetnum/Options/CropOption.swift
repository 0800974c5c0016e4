import ArgumentParser

/// Whether an ingest keeps small pictures of numbers.
struct CropOption: ParsableArguments {
  @Flag(help: "Keep no small pictures of numbers in the database.")
  var noCrops = false

  /// Whether it keeps them.
  var isOn: Bool { !noCrops }
}
