extension Detector {
  /// The constants of the pyramid and of detection that affect results, by name. Changing one changes the reading
  /// method's digest.
  package static let constants: [String: [Double]] = Dictionary(
    joining: ["candidate": Candidate.constants, "pyramid": Pyramid.constants, "sigmoid": Sigmoid.constants])
}
