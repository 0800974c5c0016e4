import DigitNet

/// A network that slides over an image of any size and gives an output for each window.
///
/// A dense layer equals a convolution whose window is its whole input, so it can slide with the same weights. The
/// outputs equal those of the network for each window cut out, bit for bit.
public struct Stencil: Sendable {
  /// The shape of a window, which is the network's input.
  public let window: Shape
  /// The stride of windows in cells: the product of all strides.
  public let stride: Int
  private let layers: [any TrainableLayer]
  private let parameters: [[Float]]

  /// The maximum number of values of a band's largest layer in memory at once.
  private static let maximumValues = 1 << 22

  /// A stencil from a network. Throws if a layer has padding, because the zeros around a window differ from the cells
  /// of a larger image.
  public init(_ network: TrainableNetwork) throws(TrainingError) {
    var (layers, stride): ([any TrainableLayer], Int) = ([], 1)
    for (place, layer) in network.layers.enumerated() {
      let input = place == 0 ? network.input : network.shapes[place - 1]
      switch layer {
      case let dense as DenseLayer:
        layers.append(ConvolutionLayer(filters: dense.outputs, rows: input.rows, columns: input.columns))
      case let convolution as ConvolutionLayer:
        try Stencil.check(padding: convolution.padding, of: place)
        stride = [stride, convolution.stride].saturatingProduct
        layers.append(convolution)
      case let pooling as PoolingLayer:
        try Stencil.check(padding: pooling.padding, of: place)
        stride = [stride, pooling.stride].saturatingProduct
        layers.append(pooling)
      default: layers.append(layer)
      }
    }
    guard network.output.cells == 1 else {
      throw TrainingError(.shape, "The network's output is \(network.output); a stencil needs an output of one cell")
    }
    (window, self.stride, self.layers, parameters) = (network.input, stride, layers, network.parameters.map(\.values))
  }

  private static func check(padding: Int, of layer: Int) throws(TrainingError) {
    guard padding == 0 else {
      throw TrainingError(
        .shape,
        "Layer \(layer) pads its input by \(padding), so it can't slide: the zeros around a window differ from a larger image"
      )
    }
  }

  /// The network's output for each window of an image, as rows of columns. Throws if the image is smaller than a
  /// window. Bands of rows are computed on several threads.
  public func slide(over image: Tensor, threads: Int) throws(TrainingError) -> Tensor {
    guard image.images == 1, image.shape.channels == window.channels, image.shape.rows >= window.rows,
      image.shape.columns >= window.columns
    else {
      throw TrainingError(
        .shape, "The image is \(image.shape), smaller than the network's window of \(window); use a larger image")
    }
    let rows = (image.shape.rows - window.rows) / stride + 1
    let width = image.shape.columns * image.shape.channels
    let height = max(1, Stencil.maximumValues / (width * 64))
    let starts = Array(Swift.stride(from: 0, to: rows, by: height))
    var networks: [Int: TrainableNetwork] = [:]
    for count in Set(starts.map { min(height, rows - $0) }) {
      let band = (count - 1) * stride + window.rows
      networks[count] = try network(
        for: Shape(rows: band, columns: image.shape.columns, channels: window.channels))
    }
    let bands = parallel(starts.count, threads: threads) { [networks] band in
      let network = networks[min(height, rows - starts[band])]
      let first = starts[band] * stride * width
      return network.map { network in
        network.output(
          of: Tensor(
            images: 1, shape: network.input, values: Array(image.values[first..<first + network.input.count])))
      }
    }
    let shape = bands.first.flatMap(\.self)?.shape ?? window
    return Tensor(
      images: 1, shape: Shape(rows: rows, columns: shape.columns, channels: shape.channels),
      values: bands.flatMap { $0?.values ?? [] })
  }

  /// The layers for an image of another size, with the same parameters.
  private func network(for image: Shape) throws(TrainingError) -> TrainableNetwork {
    var network = try TrainableNetwork(input: image, layers: layers)
    for (place, values) in parameters.enumerated() { network.setValues(values, ofParameter: place) }
    return network
  }
}
