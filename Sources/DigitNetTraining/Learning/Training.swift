import CTrainingKernels
import DigitNet

/// Training by stochastic gradient descent: a network and its training options.
///
/// The same seed gives the same bits on any machine and with any number of threads: a mini-batch is split into parts of
/// a fixed size, and their gradients are added in order.
public struct Training: Sendable {
  /// The hyperparameters.
  public struct Options: Sendable, Hashable {
    /// The cost function.
    public var loss = Loss.quadratic
    /// Images per mini-batch.
    public var batch = 10
    /// Images of a mini-batch that one thread computes at a time.
    public var part = 10
    /// The learning rate.
    public var rate = LearningRate.constant(3)
    /// The momentum, at least 0 and below 1.
    public var momentum: Float = 0
    /// L2 regularisation: the factor of half the sum of squared weights, which is added to the mean cost. It is
    /// Nielsen's lambda / n.
    public var decay: Float = 0
    /// The maximum random shift of images in each direction, in cells, drawn anew in every epoch.
    public var shift = 0
    /// The planned number of epochs, which the learning rate schedule depends on.
    public var epochs = 30

    /// The hyperparameters of Nielsen's first network.
    public init() {}
  }

  /// The result of an epoch.
  public struct Epoch: Sendable, Hashable {
    /// The number of the epoch, from 1.
    public let number: Int
    /// The mean cost over the epoch's images, each computed before its step.
    public let cost: Double
  }

  /// The network in its current state.
  public private(set) var network: TrainableNetwork
  /// The hyperparameters.
  public let options: Options
  /// The number of epochs completed.
  public private(set) var epochs = 0

  private var velocities: [[Float]]
  private var random: RandomSource

  /// A training that has not started.
  public init(_ network: TrainableNetwork, _ options: Options, seed: UInt64) {
    self.network = network
    self.options = options
    velocities = options.momentum > 0 ? network.parameters.map { Array(repeating: 0, count: $0.values.count) } : []
    random = RandomSource(seed: seed)
  }

  /// Trains on each image once, in random order. Returns nil if `shouldStop`, which is called after each step, returned
  /// true; this training is then in the middle of an epoch and must not be used again. Throws if training diverges.
  public mutating func runEpoch(
    on images: LabelledImages, threads: Int, shouldStop: () -> Bool = { false }
  ) throws(TrainingError) -> Epoch? {
    let order = random.permutation(of: images.count)
    let rate = options.rate.rate(epoch: epochs, of: options.epochs)
    var cost = 0.0
    for (step, first) in stride(from: 0, to: order.count, by: options.batch).enumerated() {
      let batch = order[first..<min(first + options.batch, order.count)]
      let result = gradients(images, batch, seed: random.next(), threads: threads)
      guard result.cost.isFinite else {
        throw TrainingError(
          .notFinite,
          "Training diverged in step \(step + 1) of epoch \(epochs + 1): the cost is not finite; use a lower learning rate"
        )
      }
      cost += result.cost
      descend(result.parameters, rate)
      if shouldStop() { return nil }
    }
    epochs += 1
    return Epoch(number: epochs, cost: cost / Double(max(order.count, 1)))
  }

  /// The summed cost of a mini-batch, and the gradient of the mean cost.
  private func gradients(
    _ images: LabelledImages, _ batch: ArraySlice<Int>, seed: UInt64, threads: Int
  ) -> (cost: Double, parameters: [ParameterGradient]) {
    let parts = stride(from: batch.startIndex, to: batch.endIndex, by: options.part).map {
      batch[$0..<min($0 + options.part, batch.endIndex)]
    }
    let results = parallel(parts.count, threads: threads) { [network, options] part in
      let seed = RandomSource.number(seed: seed, at: part)
      let values = images.batch(parts[part]) { image in
        options.shift > 0 ? Training.shift(of: image, seed: seed, upTo: options.shift) : nil
      }
      return network.gradients(
        for: values, parts[part].map { images.labels[$0] }, options.loss, .training(seed: seed))
    }
    guard parts.count > 1 else { return (results[0].cost * Double(batch.count), results[0].parameters) }
    var sums = network.parameters.map { [Float](repeating: 0, count: $0.values.count) }
    var cost = 0.0
    for (part, result) in zip(parts, results) {
      cost += result.cost * Double(part.count)
      for place in sums.indices {
        let values = result.parameters[place].values
        training_add_scaled(values, values.count, Float(part.count) / Float(batch.count), &sums[place])
      }
    }
    return (cost, sums.map { .values($0) })
  }

  private static func shift(of image: Int, seed: UInt64, upTo most: Int) -> (rows: Int, columns: Int) {
    var random = RandomSource(seed: seed ^ RandomSource.number(seed: 1, at: image))
    return (random.below(2 * most + 1) - most, random.below(2 * most + 1) - most)
  }

  private mutating func descend(_ gradients: [ParameterGradient], _ rate: Float) {
    for place in gradients.indices {
      let decay = network.parameters[place].role == .weight ? options.decay : 0
      if options.momentum > 0 {
        let values = gradients[place].values
        training_roll(
          &network.parameters[place].values, &velocities[place], values, values.count, rate, decay, options.momentum)
      } else {
        gradients[place].descend(&network.parameters[place].values, rate: rate, decay: decay)
      }
    }
  }
}
