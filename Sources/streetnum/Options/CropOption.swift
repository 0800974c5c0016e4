import ArgumentParser

/// Whether an ingest keeps small pictures of numbers.
struct CropOption: ParsableArguments {
  @Flag(help: "Store no crops (small pictures of the numbers) in the database.")
  var noCrops = false

  /// Whether it keeps them.
  var isOn: Bool { !noCrops }
}
