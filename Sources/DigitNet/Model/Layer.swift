/// One layer of a network: an operation and the values it takes as inputs.
public struct Layer: Sendable {
  /// Its name in the model file.
  public var name: String
  /// The inputs: 0 is the picture and `n + 1` the output of layer `n`; a layer's inputs precede it.
  public var inputs: [Int]
  /// What it computes.
  public var operation: Operation

  /// A layer from its parts.
  public init(name: String, inputs: [Int], operation: Operation) {
    self.name = name
    self.inputs = inputs
    self.operation = operation
  }

  /// The operation of a layer. Rows and columns outside the input are zeros.
  public enum Operation: Sendable {
    /// Weighted sums in a sliding window. A dense layer is a convolution whose window is its whole input.
    case convolution(Convolution)
    /// The maximum in a window.
    case maximumPooling(Window)
    /// The mean in a window, rounded half up; cells outside the input count as zeros.
    case averagePooling(Window)
    /// Nearest-neighbour upsampling: each value is repeated `factor` times in both directions.
    case enlarge(factor: Int)
    /// The sum of two values, at most 127. The result has the size of the first.
    case add
  }

  /// The size, stride and padding of a sliding window.
  public struct Window: Sendable, Hashable {
    /// Height and width of the window.
    public var rows, columns: Int
    /// The stride: input cells between neighbouring outputs.
    public var stride: Int
    /// Zeros added on each side of the input.
    public var padding: Int

    /// A window from its parts.
    public init(rows: Int, columns: Int, stride: Int, padding: Int) {
      self.rows = rows
      self.columns = columns
      self.stride = stride
      self.padding = padding
    }

    /// The number of outputs along a side of `length` inputs, for a window of `size`.
    public func count(length: Int, size: Int) -> Int {
      length + 2 * padding < size ? 0 : (length + 2 * padding - size) / stride + 1
    }
  }

  /// The activation function of a convolution.
  public enum Activation: String, Sendable {
    /// ReLU: negative sums become 0, and the rest is requantised to 0...127.
    case relu
    /// The identity, requantised to 16 bits: the network's outputs.
    case none
    /// The sigmoid of the output of `none` taken as a logit in 1/256; a probability in 1/10,000.
    case sigmoid
    /// The softmax over the channels of a cell; the probabilities add up to about 10,000.
    case softmax
  }

  /// A convolution in integers.
  public struct Convolution: Sendable {
    /// The window.
    public var window: Window
    /// Input channels.
    public var inputChannels: Int
    /// Output channels.
    public var outputChannels: Int
    /// Weights, -127...127, indexed `[output][row][column][input]`.
    public var weights: [Int8]
    /// The bias added to the sum, one per output.
    public var bias: [Int32]
    /// The requantisation factor: the sum times this is the output before rounding, one per output.
    public var multiplier: [Float]
    /// The activation function.
    public var activation: Activation

    /// A convolution from its parts; the counts must agree.
    public init(
      window: Window, inputChannels: Int, outputChannels: Int, weights: [Int8], bias: [Int32],
      multiplier: [Float], activation: Activation
    ) {
      precondition(weights.count == outputChannels * window.rows * window.columns * inputChannels)
      precondition(bias.count == outputChannels && multiplier.count == outputChannels)
      self.window = window
      self.inputChannels = inputChannels
      self.outputChannels = outputChannels
      self.weights = weights
      self.bias = bias
      self.multiplier = multiplier
      self.activation = activation
    }
  }
}
