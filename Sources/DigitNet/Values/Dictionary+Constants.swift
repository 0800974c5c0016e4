extension [String: [Double]] {
  /// The constants of several stages in one, each after its stage's name and a dot.
  package init(joining stages: [String: [String: [Double]]]) {
    self.init(
      uniqueKeysWithValues: stages.flatMap { stage, constants in constants.map { ("\(stage).\($0)", $1) } })
  }
}
