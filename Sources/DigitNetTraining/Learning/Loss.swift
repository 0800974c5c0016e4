import Foundation

/// The cost of an output: how far it is from what is right, the channel of the label 1 and all others 0.
public enum Loss: String, Sendable, Hashable, Codable {
  /// Half the sum of squared differences.
  case quadratic
  /// The cross-entropy of each output by itself, as it suits sigmoids: -ln a where 1 is right, -ln(1 - a) where 0 is.
  case crossEntropy
  /// The cross-entropy of the outputs together, as it suits a softmax: -ln a of the label's output.
  case logLikelihood

  /// Outputs are taken for at least this far from 0 and 1 where a logarithm would end otherwise.
  private static let least: Float = 1e-7

  /// The mean cost over a batch; not finite where an output is not. It is for people: nothing that is learned depends on it.
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

  /// Whether the derivative by what goes into such a last layer is the difference of output and target: the layer's own derivative
  /// cancels, and with it the slow learning of an output that is wrong and sure.
  public func cancels(_ last: ActivationLayer.Function) -> Bool {
    (self == .crossEntropy && last == .sigmoid) || (self == .logLikelihood && last == .softmax)
  }

  /// The differences of outputs and targets, over the count of images.
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
