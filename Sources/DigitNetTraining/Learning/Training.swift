import CTrainingKernels
import DigitNet

/// Stochastic gradient descent: a network, and how it learns.
///
/// The same seed gives the same bits on any machine and with any count of threads: a mini-batch is cut into parts of a fixed size,
/// and their gradients are added in order.
public struct Training: Sendable {
  /// How a network learns.
  public struct Options: Sendable, Hashable {
    /// What is made small.
    public var loss = Loss.quadratic
    /// Images between two steps.
    public var batch = 10
    /// Images of a mini-batch that one thread computes by itself.
    public var part = 10
    /// How far each step goes.
    public var rate = LearningRate.constant(3)
    /// The share of the last step that is made again, 0 to below 1.
    public var momentum: Float = 0
    /// L2 regularisation: the factor of half the sum of squared weights, added to the mean cost. Nielsen's is lambda / n.
    public var decay: Float = 0
    /// Images are moved by up to so many cells in either direction, anew in every epoch.
    public var shift = 0
    /// Epochs that are meant to be run, for the learning rate's course.
    public var epochs = 30

    /// Those of Nielsen's first network.
    public init() {}
  }

  /// What came of an epoch.
  public struct Epoch: Sendable, Hashable {
    /// Its number, from 1.
    public let number: Int
    /// The mean cost over the epoch's images, each before the step that it led to.
    public let cost: Double
  }

  /// The network as it is now.
  public private(set) var network: TrainableNetwork
  /// How it learns.
  public let options: Options
  /// Epochs that were run.
  public private(set) var epochs = 0

  private var velocities: [[Float]]
  private var random: RandomSource

  /// A training that has not begun.
  public init(_ network: TrainableNetwork, _ options: Options, seed: UInt64) {
    self.network = network
    self.options = options
    velocities = options.momentum > 0 ? network.parameters.map { Array(repeating: 0, count: $0.values.count) } : []
    random = RandomSource(seed: seed)
  }

  /// Learns from each image once, in random order. Nil where `shouldStop`, which is asked after each step, said so: then this
  /// training is in the midst of an epoch, and of no more use. Throws where the numbers grow beyond all bounds.
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
          "Training diverged in step \(step + 1) of epoch \(epochs + 1): the cost is no finite number; learn at a lower rate"
        )
      }
      cost += result.cost
      descend(result.parameters, rate)
      if shouldStop() { return nil }
    }
    epochs += 1
    return Epoch(number: epochs, cost: cost / Double(max(order.count, 1)))
  }

  /// The summed cost of a mini-batch, and the gradient of its mean.
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
