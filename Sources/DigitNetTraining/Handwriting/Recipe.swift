/// A network of Nielsen's book (Neural Networks and Deep Learning, 2015) and its hyperparameters.
public enum Recipe: String, Sendable, Hashable, CaseIterable {
  /// 15 hidden units, sigmoid, quadratic cost: network.py.
  case hidden15 = "784-15-10"
  /// As `hidden15`, with 30 hidden units.
  case hidden30 = "784-30-10"
  /// 100 hidden units, cross-entropy, L2: network2.py.
  case hidden100 = "784-100-10"
  /// Two convolutions with pooling and two dense layers; ReLU, shifted copies, dropout: like network3.py.
  case convnet

  /// The size of the images.
  public var input: Shape { Shape(rows: 28, columns: 28, channels: 1) }

  /// A short description of the hyperparameters except the learning rate.
  public var summary: String {
    switch self {
    case .hidden15, .hidden30: "sigmoid, quadratic cost, mini-batches of 10"
    case .hidden100: "sigmoid, cross-entropy, L2 with lambda 5, mini-batches of 10"
    case .convnet: "ReLU, softmax, shifted copies, dropout, mini-batches of 32, momentum 0.9"
    }
  }

  /// The number of epochs.
  public var epochs: Int {
    switch self {
    case .hidden15, .hidden30: 30
    case .hidden100: 60
    case .convnet: 10
    }
  }

  private var layers: [any TrainableLayer] {
    switch self {
    case .hidden15: Recipe.sigmoids(15)
    case .hidden30: Recipe.sigmoids(30)
    case .hidden100: Recipe.sigmoids(100)
    case .convnet:
      // ReLU after maximum pooling gives the same result as before it, with a quarter of the values.
      [
        ConvolutionLayer(filters: 32, rows: 5, columns: 5), PoolingLayer(.maximum, size: 2), ActivationLayer(.relu),
        ConvolutionLayer(filters: 64, rows: 5, columns: 5), PoolingLayer(.maximum, size: 2), ActivationLayer(.relu),
        DenseLayer(outputs: 128), ActivationLayer(.relu), DropoutLayer(rate: 0.5),
        DenseLayer(outputs: 10), ActivationLayer(.softmax),
      ]
    }
  }

  private static func sigmoids(_ hidden: Int) -> [any TrainableLayer] {
    [
      DenseLayer(outputs: hidden), ActivationLayer(.sigmoid), DenseLayer(outputs: 10), ActivationLayer(.sigmoid),
    ]
  }

  /// The network before training.
  public func network(seed: UInt64) throws(TrainingError) -> TrainableNetwork {
    let initialisation: Initialisation =
      switch self {
      case .hidden15, .hidden30: .normal
      case .hidden100: .scaled
      case .convnet: .rectifying
      }
    return try TrainableNetwork(input: input, layers: layers, initialisation, seed: seed)
  }

  /// The training options for the given number of images.
  public func options(images: Int) -> Training.Options {
    var options = Training.Options()
    options.epochs = epochs
    switch self {
    case .hidden15, .hidden30: break
    case .hidden100:
      (options.loss, options.rate, options.decay) = (.crossEntropy, .constant(0.1), 5 / Float(images))
    case .convnet:
      (options.loss, options.rate, options.momentum) = (.logLikelihood, .linear(0.03, to: 0.0003), 0.9)
      (options.batch, options.part, options.shift, options.decay) = (32, 8, 2, 1e-4)
    }
    return options
  }
}
