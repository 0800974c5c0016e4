import DigitNet

extension NumberReader {
  /// Everything besides the model that affects the numbers read in a decoded picture, by name: the parameters, the
  /// constants of every stage, and the revision of the code.
  ///
  /// A constant that affects numbers is named where it is used and listed in the `constants` beside it, so changing it
  /// changes the method's digest. For other changes of the code, increment ``revision``. Adding a name to `constants`
  /// also changes the digest, which makes users read their pictures again; do it together with a change that affects
  /// numbers anyway.
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
