import DigitNetTraining
import Testing

/// Learning: that it does, that it repeats itself to the last bit, and that it stops where it goes wrong.
@Suite struct TrainingTests {
  /// Images of 8x8 with a bright quarter, which is their label, and noise.
  private static func quarters(_ count: Int, seed: UInt64) -> LabelledImages {
    var random = RandomSource(seed: seed)
    var (pixels, labels): ([UInt8], [UInt8]) = ([], [])
    for _ in 0..<count {
      let label = random.below(4)
      labels.append(UInt8(label))
      for row in 0..<8 {
        for column in 0..<8 {
          pixels.append(UInt8(random.below(160) + (row / 4 * 2 + column / 4 == label ? 90 : 0)))
        }
      }
    }
    return LabelledImages(shape: Shape(rows: 8, columns: 8, channels: 1), pixels: pixels, labels: labels)
  }

  private static func network(_ seed: UInt64) throws -> TrainableNetwork {
    try TrainableNetwork(
      input: Shape(rows: 8, columns: 8, channels: 1),
      layers: [
        ConvolutionLayer(filters: 6, rows: 3, columns: 3), PoolingLayer(.maximum, size: 2), ActivationLayer(.relu),
        DropoutLayer(rate: 0.2), DenseLayer(outputs: 4), ActivationLayer(.softmax),
      ], .rectifying, seed: seed)
  }

  private static var options: Training.Options {
    var options = Training.Options()
    (options.loss, options.batch, options.part, options.rate) = (.logLikelihood, 20, 8, .linear(0.1, to: 0.01))
    (options.momentum, options.decay, options.shift, options.epochs) = (0.9, 1e-4, 1, 6)
    return options
  }

  private static func trained(threads: Int, seed: UInt64) throws -> TrainableNetwork {
    var training = Training(try network(seed), options, seed: seed)
    let images = quarters(500, seed: 1)
    for _ in 0..<6 { _ = try training.runEpoch(on: images, threads: threads) }
    return training.network
  }

  @Test func itLearnsWhatCanBeLearned() throws {
    let network = try TrainingTests.trained(threads: 2, seed: 1)
    let answers = network.answers(for: TrainingTests.quarters(300, seed: 2), threads: 2)
    #expect(answers.accuracy > 0.97)
    #expect(answers.missing(of: 4) == [])
  }

  @Test func theSameSeedGivesTheSameBitsOnAnyCountOfThreads() throws {
    let one = try TrainingTests.trained(threads: 1, seed: 5).parameters
    for threads in [2, 3, 8] { #expect(try TrainingTests.trained(threads: threads, seed: 5).parameters == one) }
    #expect(try TrainingTests.trained(threads: 1, seed: 6).parameters != one)
  }

  /// The gradient of a dense layer is never written down, that of a convolution is: 37 outputs fill no vector.
  @Test func aDenseLayerLearnsTheSameBitsAsAConvolutionOverItsWholeInput() throws {
    let images = TrainingTests.quarters(95, seed: 4)
    let learned = try [DenseLayer(outputs: 37), ConvolutionLayer(filters: 37, rows: 8, columns: 8)].map {
      (first: any TrainableLayer) in
      let layers: [any TrainableLayer] = [
        first, ActivationLayer(.sigmoid), DenseLayer(outputs: 4), ActivationLayer(.sigmoid),
      ]
      var options = Training.Options()
      (options.decay, options.rate) = (0.01, .constant(0.7))
      var training = Training(
        try TrainableNetwork(input: images.shape, layers: layers, .scaled, seed: 2), options, seed: 3)
      let before = training.network.parameters
      for _ in 0..<2 { _ = try training.runEpoch(on: images, threads: 1) }
      #expect(training.network.parameters != before)
      return training.network.parameters
    }
    #expect(learned[0] == learned[1])
  }

  @Test func answersAreTheSameOnAnyCountOfThreads() throws {
    let (network, images) = (try TrainingTests.network(3), TrainingTests.quarters(250, seed: 3))
    #expect(network.answers(for: images, threads: 1) == network.answers(for: images, threads: 4))
  }

  @Test func aRateThatIsTooHighStopsWithTheStep() throws {
    var options = TrainingTests.options
    options.rate = .constant(1e30)
    var training = Training(try TrainingTests.network(1), options, seed: 1)
    #expect {
      _ = try training.runEpoch(on: TrainingTests.quarters(200, seed: 1), threads: 1)
    } throws: { error in
      guard let error = error as? TrainingError else { return false }
      return error.code == .notFinite && error.message.contains(" of epoch 1:")
        && error.message.contains("lower learning rate")
    }
  }

  @Test func itStopsBetweenStepsWhereAsked() throws {
    var training = Training(try TrainingTests.network(1), TrainingTests.options, seed: 1)
    var steps = 0
    let images = TrainingTests.quarters(200, seed: 1)
    let epoch = try training.runEpoch(on: images, threads: 1) {
      steps += 1
      return steps == 3
    }
    #expect(epoch == nil && steps == 3 && training.epochs == 0)
  }

  /// One step of a network of one weight and one bias, by hand.
  @Test func oneStepIsTheRule() throws {
    var network = try TrainableNetwork(input: Shape(channels: 1), layers: [DenseLayer(outputs: 1)])
    network.setValues([0.5], ofParameter: 0)
    let image = LabelledImages(shape: Shape(channels: 1), pixels: [255], labels: [0])
    var options = Training.Options()
    (options.batch, options.rate, options.momentum, options.decay) = (1, .constant(0.1), 0.5, 0.2)
    var training = Training(network, options, seed: 1)
    _ = try training.runEpoch(on: image, threads: 1)
    // Output 0.5, target 1: the gradient is -0.5, and 0.2 * 0.5 more for the weight.
    let first = training.network.parameters.map { $0.values[0] }
    #expect(abs(first[0] - 0.54) < 1e-6 && abs(first[1] - 0.05) < 1e-6)
    _ = try training.runEpoch(on: image, threads: 1)
    // Output 0.59: the gradient is -0.41, and 0.108 for the weight; half of the first step comes again.
    let second = training.network.parameters.map { $0.values[0] }
    #expect(abs(second[0] - (0.54 + 0.02 + 0.0302)) < 1e-6 && abs(second[1] - (0.05 + 0.025 + 0.041)) < 1e-6)
  }

  @Test func ratesFollowTheirCourse() {
    #expect((0..<4).map { LearningRate.steps(8, factor: 0.5, epochs: 2).rate(epoch: $0, of: 4) } == [8, 8, 4, 4])
    #expect((0..<3).map { LearningRate.linear(3, to: 1).rate(epoch: $0, of: 3) } == [3, 2, 1])
    #expect(LearningRate.constant(3).scaled(toBegin: 2).rate(epoch: 9, of: 10) == 2)
    #expect(LearningRate.linear(4, to: 1).scaled(toBegin: 8).rate(epoch: 1, of: 2) == 2)
  }

  @Test func movedImagesAreMoved() {
    let image = LabelledImages(
      shape: Shape(rows: 2, columns: 2, channels: 1), pixels: [255, 0, 0, 51], labels: [1])
    #expect(image.batch([0]) { _ in (1, 0) }.values == [0, 0, 1, 0])
    #expect(image.batch([0]) { _ in (-1, 0) }.values == [0, image.batch([0]).values[3], 0, 0])
    #expect(image.batch([0]) { _ in (0, -1) }.values == [0, 0, image.batch([0]).values[3], 0])
    #expect(image.batch([0]).values.prefix(3) == [1, 0, 0] && abs(image.batch([0]).values[3] - 0.2) < 1e-6)
  }
}
