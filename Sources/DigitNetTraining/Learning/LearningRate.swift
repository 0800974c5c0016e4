/// The learning rate as a function of the epoch.
public enum LearningRate: Sendable, Hashable {
  /// The same rate in every epoch.
  case constant(Float)
  /// A rate that is multiplied by `factor` after every `epochs` epochs.
  case steps(Float, factor: Float, epochs: Int)
  /// A rate that changes linearly from its first to its last value.
  case linear(Float, to: Float)

  /// The rate in the given epoch, counted from 0, of `epochs`.
  public func rate(epoch: Int, of epochs: Int) -> Float {
    switch self {
    case .constant(let rate): return rate
    case .steps(let rate, let factor, let every):
      return (0..<epoch / max(every, 1)).reduce(rate) { rate, _ in rate * factor }
    case .linear(let rate, let last):
      return epochs < 2 ? rate : rate + (last - rate) * Float(min(epoch, epochs - 1)) / Float(epochs - 1)
    }
  }

  /// The same schedule, scaled to begin with the given rate.
  public func scaled(toBegin rate: Float) -> LearningRate {
    switch self {
    case .constant: .constant(rate)
    case .steps(_, let factor, let epochs): .steps(rate, factor: factor, epochs: epochs)
    case .linear(let first, let last): .linear(rate, to: last / first * rate)
    }
  }
}
