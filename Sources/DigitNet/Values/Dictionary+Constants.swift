extension [String: [Double]] {
  /// Merges the constants of several stages; each name is prefixed by its stage and a dot.
  package init(joining stages: [String: [String: [Double]]]) {
    self.init(
      uniqueKeysWithValues: stages.flatMap { stage, constants in constants.map { ("\(stage).\($0)", $1) } })
  }
}
