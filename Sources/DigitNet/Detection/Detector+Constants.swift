extension Detector {
  /// The constants of the pyramid and of the search for digits that decide results, by name: one that changes makes another
  /// reading method.
  package static let constants: [String: [Double]] = Dictionary(
    joining: ["candidate": Candidate.constants, "pyramid": Pyramid.constants, "sigmoid": Sigmoid.constants])
}
