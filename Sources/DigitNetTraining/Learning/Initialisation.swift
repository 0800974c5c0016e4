/// How a network's numbers are drawn before it has learned.
public enum Initialisation: String, Sendable, Hashable {
  /// All from the normal distribution of variance 1 (Nielsen's network.py).
  case normal
  /// Weights with a variance of 1 over the count of inputs, so that sums are about 1; biases of variance 1 (network2.py).
  case scaled
  /// Weights with a variance of 2 over the count of inputs, for layers of ReLUs (He et al., 2015); biases of 0.
  case rectifying

  func draw(_ parameter: inout Parameter, _ random: inout RandomSource) {
    let inputs = Float(parameter.inputs)
    let spread: Float =
      switch (self, parameter.role) {
      case (.normal, _), (.scaled, .bias): 1
      case (.scaled, .weight): (1 / inputs).squareRoot()
      case (.rectifying, .weight): (2 / inputs).squareRoot()
      case (.rectifying, .bias): 0
      }
    for place in parameter.values.indices { parameter.values[place] = spread * random.normal() }
  }
}
