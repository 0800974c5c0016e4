import Foundation

/// The cost of an output against the target, which is 1 in the label's channel and 0 in all others.
public enum Loss: String, Sendable, Hashable, Codable {
  /// Half the sum of squared differences.
  case quadratic
  /// Binary cross-entropy of each output, for sigmoids: -ln a if the target is 1, -ln(1 - a) if it is 0.
  case crossEntropy
  /// Cross-entropy over all outputs, for a softmax: -ln a of the label's output.
  case logLikelihood

  /// Outputs are clamped to at least this distance from 0 and 1, so that logarithms are finite.
  private static let least: Float = 1e-7

  /// The mean cost over a batch; not finite if an output is not. It is only for display: training does not depend on
  /// it.
  public func cost(_ outputs: Tensor, _ labels: [UInt8]) -> Double {
    var sum = 0.0
    forEach(outputs, labels) { place, target in
      let output = Double(outputs.values[place])
      let kept = min(max(output, Double(Loss.least)), 1 - Double(Loss.least))
      switch self {
      case .quadratic: sum += 0.5 * (output - Double(target)) * (output - Double(target))
      case .crossEntropy: sum -= log(target == 1 ? kept : 1 - kept)
      case .logLikelihood: if target == 1 { sum -= log(kept) }
      }
      if !output.isFinite { sum = .nan }
    }
    return sum / Double(outputs.images)
  }

  /// The derivative of the mean cost by each output.
  public func gradient(_ outputs: Tensor, _ labels: [UInt8]) -> Tensor {
    var gradient = outputs
    let share = 1 / Float(outputs.images)
    forEach(outputs, labels) { place, target in
      let output = outputs.values[place]
      let kept = min(max(output, Loss.least), 1 - Loss.least)
      switch self {
      case .quadratic: gradient.values[place] = share * (output - target)
      case .crossEntropy: gradient.values[place] = share * (kept - target) / (kept * (1 - kept))
      case .logLikelihood: gradient.values[place] = target == 1 ? -share / kept : 0
      }
    }
    return gradient
  }

  /// Whether the derivative by the last layer's input is simply output minus target. The derivative of the activation
  /// then cancels, which avoids slow learning when an output is confident and wrong.
  public func cancels(_ last: ActivationLayer.Function) -> Bool {
    (self == .crossEntropy && last == .sigmoid) || (self == .logLikelihood && last == .softmax)
  }

  /// Outputs minus targets, divided by the number of images.
  public func differences(_ outputs: Tensor, _ labels: [UInt8]) -> Tensor { Loss.quadratic.gradient(outputs, labels) }

  private func forEach(_ outputs: Tensor, _ labels: [UInt8], _ body: (_ place: Int, _ target: Float) -> Void) {
    precondition(outputs.shape.cells == 1 && labels.count == outputs.images)
    for (image, label) in labels.enumerated() {
      for channel in 0..<outputs.shape.channels {
        body(image * outputs.shape.channels + channel, channel == Int(label) ? 1 : 0)
      }
    }
  }
}
