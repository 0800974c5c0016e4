/// The training of a network on handwritten digits, epoch by epoch, with its accuracy.
public struct HandwritingCourse: Sendable {
  /// The accuracy after an epoch.
  public struct Progress: Sendable, Hashable {
    /// The number of the epoch, from 1.
    public let epoch: Int
    /// The mean cost over the epoch.
    public let cost: Double
    /// The accuracy on the first ten thousand training images, 0...1.
    public let training: Double
    /// The accuracy on the held-out images, 0...1; nil if there are none.
    public let validation: Double?
  }

  /// The number of held-out images.
  public static let held = 10_000

  /// The training images, shuffled.
  public let images: LabelledImages
  /// The held-out images; nil if the network is trained on all images.
  public let validation: LabelledImages?
  /// The first training images, on which the training accuracy is measured.
  private let sample: LabelledImages
  private var course: Training
  /// The learning rate.
  public let rate: LearningRate
  /// The network after the last complete epoch.
  public private(set) var network: TrainableNetwork
  /// The accuracy after each epoch.
  public private(set) var progress: [Progress] = []
  private let threads: Int

  /// Prepares the training. The seed determines the held-out images, the initial parameters and the order of the
  /// images. Throws if the images don't fit the recipe, or are too few.
  public init(
    _ recipe: Recipe, _ digits: LabelledImages, seed: UInt64, epochs: Int, rate: Float? = nil,
    learnsFromAll: Bool = false,
    threads: Int
  ) throws(TrainingError) {
    guard digits.shape == recipe.input else {
      throw TrainingError(.data, "The images are \(digits.shape), but the network takes \(recipe.input)")
    }
    let held = learnsFromAll ? 0 : min(HandwritingCourse.held, digits.count / 6)
    var random = RandomSource(seed: seed)
    let order = random.permutation(of: digits.count)
    images = digits.subset(order.dropLast(held))
    sample = images.count > HandwritingCourse.held ? images.subset(0..<HandwritingCourse.held) : images
    validation = held > 0 ? digits.subset(order.suffix(held)) : nil
    network = try recipe.network(seed: random.next())
    var options = recipe.options(images: images.count)
    options.epochs = epochs
    if let rate { options.rate = options.rate.scaled(toBegin: rate) }
    self.rate = options.rate
    course = Training(network, options, seed: random.next())
    self.threads = threads
  }

  /// Trains for one epoch. Returns nil if it was stopped; ``network`` is then unchanged.
  public mutating func runEpoch(shouldStop: () -> Bool = { false }) throws(TrainingError) -> Progress? {
    guard let epoch = try course.runEpoch(on: images, threads: threads, shouldStop: shouldStop) else { return nil }
    network = course.network
    let result = Progress(
      epoch: epoch.number, cost: epoch.cost, training: network.answers(for: sample, threads: threads).accuracy,
      validation: validation.map { network.answers(for: $0, threads: threads).accuracy })
    progress.append(result)
    return result
  }

  /// The digits that the network never predicts for the validation images: a sign that an output has stopped learning.
  public var lostDigits: [Int] {
    network.answers(for: validation ?? images, threads: threads).missing(of: network.output.channels)
  }

  /// The network's predictions for other images.
  public func answers(for images: LabelledImages) -> TrainableNetwork.Answers {
    network.answers(for: images, threads: threads)
  }
}
