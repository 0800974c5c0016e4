import DigitNet

extension NumberReader {
  /// All that decides the numbers of a decoded picture beside the model, by name: what a caller may choose, the constants of
  /// every stage, and the revision of the code.
  ///
  /// A constant that decides numbers has a name where it is used, and stands in the `constants` beside it, so that a change of it
  /// makes another reading method by itself. Changes of other code count ``revision`` up. To name one more constant makes another
  /// method, too, and users read their pictures again: do that where the numbers change anyway.
  package var identity: [String: [Double]] {
    let constants = [String: [Double]](
      joining: [
        "reader": NumberReader.constants, "assembly": Assembly.constants, "paths": Paths.constants,
        "chain": Chain.constants,
        "dash": Dash.constants, "recogniser": Recogniser.constants, "detector": Detector.constants,
        "seam": Seam.constants,
      ])
    return constants.merging(parameters) { $1 }
  }
}
