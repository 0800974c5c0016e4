/// How far each step goes, epoch by epoch.
public enum LearningRate: Sendable, Hashable {
  /// The same throughout.
  case constant(Float)
  /// Multiplied by `factor` after every `epochs`.
  case steps(Float, factor: Float, epochs: Int)
  /// From one rate in the first epoch to another in the last, by the same amount each epoch.
  case linear(Float, to: Float)

  /// The rate of an epoch, counted from 0, of so many.
  public func rate(epoch: Int, of epochs: Int) -> Float {
    switch self {
    case .constant(let rate): return rate
    case .steps(let rate, let factor, let every):
      return (0..<epoch / max(every, 1)).reduce(rate) { rate, _ in rate * factor }
    case .linear(let rate, let last):
      return epochs < 2 ? rate : rate + (last - rate) * Float(min(epoch, epochs - 1)) / Float(epochs - 1)
    }
  }

  /// The same course, that begins with another rate.
  public func scaled(toBegin rate: Float) -> LearningRate {
    switch self {
    case .constant: .constant(rate)
    case .steps(_, let factor, let epochs): .steps(rate, factor: factor, epochs: epochs)
    case .linear(let first, let last): .linear(rate, to: last / first * rate)
    }
  }
}
