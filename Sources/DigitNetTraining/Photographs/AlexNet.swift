/// The two networks known as AlexNet, which classify a photograph into a thousand classes.
public enum AlexNet: String, Sendable, Hashable, CaseIterable {
  /// The network of Krizhevsky, Sutskever and Hinton (2012), at 227x227: two groups, as it was trained on two GPUs,
  /// overlapping pooling and local response normalisation. 60,965,224 parameters.
  case original = "alexnet"
  /// The network of PyTorch's torchvision, after Krizhevsky (2014), at 224x224: one group, no normalisation. 61,100,840
  /// parameters.
  case torchvision = "torchvision-alexnet"

  /// The number of classes.
  public static let classes = 1000

  /// The shape of the network's input.
  public var input: Shape {
    self == .original
      ? Shape(rows: 227, columns: 227, channels: 3) : Shape(rows: 224, columns: 224, channels: 3)
  }

  /// The layers, first to last.
  public var layers: [any TrainableLayer] {
    switch self {
    case .original:
      [
        ConvolutionLayer(filters: 96, rows: 11, columns: 11, stride: 4), ActivationLayer(.relu),
        ResponseNormalisationLayer(), PoolingLayer(.maximum, size: 3, stride: 2),
        ConvolutionLayer(filters: 256, rows: 5, columns: 5, padding: 2, groups: 2), ActivationLayer(.relu),
        ResponseNormalisationLayer(), PoolingLayer(.maximum, size: 3, stride: 2),
        ConvolutionLayer(filters: 384, rows: 3, columns: 3, padding: 1), ActivationLayer(.relu),
        ConvolutionLayer(filters: 384, rows: 3, columns: 3, padding: 1, groups: 2), ActivationLayer(.relu),
        ConvolutionLayer(filters: 256, rows: 3, columns: 3, padding: 1, groups: 2), ActivationLayer(.relu),
        PoolingLayer(.maximum, size: 3, stride: 2),
      ] + AlexNet.head
    case .torchvision:
      [
        ConvolutionLayer(filters: 64, rows: 11, columns: 11, stride: 4, padding: 2), ActivationLayer(.relu),
        PoolingLayer(.maximum, size: 3, stride: 2),
        ConvolutionLayer(filters: 192, rows: 5, columns: 5, padding: 2), ActivationLayer(.relu),
        PoolingLayer(.maximum, size: 3, stride: 2),
        ConvolutionLayer(filters: 384, rows: 3, columns: 3, padding: 1), ActivationLayer(.relu),
        ConvolutionLayer(filters: 256, rows: 3, columns: 3, padding: 1), ActivationLayer(.relu),
        ConvolutionLayer(filters: 256, rows: 3, columns: 3, padding: 1), ActivationLayer(.relu),
        PoolingLayer(.maximum, size: 3, stride: 2),
      ] + AlexNet.head
    }
  }

  private static let head: [any TrainableLayer] = [
    DropoutLayer(rate: 0.5), DenseLayer(outputs: 4096), ActivationLayer(.relu),
    DropoutLayer(rate: 0.5), DenseLayer(outputs: 4096), ActivationLayer(.relu),
    DenseLayer(outputs: classes), ActivationLayer(.softmax),
  ]

  /// The names of the layers with weights in the network's file.
  var tensorNames: [String] {
    switch self {
    case .original: (1...5).map { "conv\($0)" } + (6...8).map { "fc\($0)" }
    case .torchvision: [0, 3, 6, 8, 10].map { "features.\($0)" } + [1, 4, 6].map { "classifier.\($0)" }
    }
  }

  /// A short description.
  public var summary: String {
    self == .original ? "AlexNet of 2012, as in the paper" : "torchvision's AlexNet, after Krizhevsky's of 2014"
  }
}
