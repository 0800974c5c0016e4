import ArgumentParser

/// The option for storing crops of numbers.
struct CropOption: ParsableArguments {
  @Flag(help: "Store no crops (small pictures of the numbers) in the database.")
  var noCrops = false

  /// Whether crops are stored.
  var isOn: Bool { !noCrops }
}
