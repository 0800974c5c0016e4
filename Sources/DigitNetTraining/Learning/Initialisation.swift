/// How a network's parameters are initialised.
public enum Initialisation: String, Sendable, Hashable {
  /// Normally distributed with variance 1 (Nielsen's network.py).
  case normal
  /// Weights with variance 1/n for n inputs, so that sums have a variance of about 1; biases with variance 1
  /// (network2.py).
  case scaled
  /// Weights with variance 2/n for n inputs, for ReLU layers (He et al., 2015); biases of 0.
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
