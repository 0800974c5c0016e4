/// A network that learns to read handwritten digits, epoch by epoch, and how well it does.
public struct HandwritingCourse: Sendable {
  /// How well it reads after an epoch.
  public struct Progress: Sendable, Hashable {
    /// The epoch's number, from 1.
    public let epoch: Int
    /// The mean cost over the epoch.
    public let cost: Double
    /// The share of images that it learned from, of the first ten thousand, that it reads rightly.
    public let training: Double
    /// The share of images kept out of training that it reads rightly; nil where none are kept out.
    public let validation: Double?
  }

  /// Images that are kept out of training, to see how well it reads what it has not learned from.
  public static let held = 10_000

  /// Images to learn from, shuffled.
  public let images: LabelledImages
  /// Images kept out of training; nil where it learns from all.
  public let validation: LabelledImages?
  /// The first of the images to learn from, to see how well it reads what it has learned from.
  private let sample: LabelledImages
  private var course: Training
  /// The network after the last whole epoch.
  public private(set) var network: TrainableNetwork
  /// How well it read after each epoch.
  public private(set) var progress: [Progress] = []
  private let threads: Int

  /// A course that has not begun. The seed decides which images are kept out, the first numbers, and the order of the images. Throws
  /// where the images don't fit the recipe, or are too few.
  public init(
    _ recipe: Recipe, _ digits: LabelledImages, seed: UInt64, epochs: Int, rate: Float? = nil,
    learnsFromAll: Bool = false,
    threads: Int
  ) throws(TrainingError) {
    guard digits.shape == recipe.input else {
      throw TrainingError(.data, "The images are \(digits.shape), and the network takes \(recipe.input)")
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
    course = Training(network, options, seed: random.next())
    self.threads = threads
  }

  /// Learns for an epoch. Nil where it was stopped; then ``network`` is as it was before.
  public mutating func runEpoch(shouldStop: () -> Bool = { false }) throws(TrainingError) -> Progress? {
    guard let epoch = try course.runEpoch(on: images, threads: threads, shouldStop: shouldStop) else { return nil }
    network = course.network
    let result = Progress(
      epoch: epoch.number, cost: epoch.cost, training: network.answers(for: sample, threads: threads).accuracy,
      validation: validation.map { network.answers(for: $0, threads: threads).accuracy })
    progress.append(result)
    return result
  }

  /// The digits that the network never answers for the images it is checked with: an output that is stuck.
  public var lostDigits: [Int] {
    network.answers(for: validation ?? images, threads: threads).missing(of: network.output.channels)
  }

  /// What the network answers for other images.
  public func answers(for images: LabelledImages) -> TrainableNetwork.Answers {
    network.answers(for: images, threads: threads)
  }
}
