/// One layer of a network: what it computes, and from which values.
public struct Layer: Sendable {
  /// Its name in the model file.
  public var name: String
  /// Where its inputs come from: 0 is the picture, `n + 1` the output of layer `n`; always an earlier value.
  public var inputs: [Int]
  /// What it computes.
  public var operation: Operation

  /// A layer from its parts.
  public init(name: String, inputs: [Int], operation: Operation) {
    self.name = name
    self.inputs = inputs
    self.operation = operation
  }

  /// What a layer computes. Rows and columns outside the input count as zero.
  public enum Operation: Sendable {
    /// Weighted sums under a sliding window. A dense layer is one whose window is its whole input.
    case convolution(Convolution)
    /// The largest value under a window.
    case maximumPooling(Window)
    /// The mean under a window, rounded half up; cells outside the input count as zeros.
    case averagePooling(Window)
    /// Each value repeated `factor` times in both directions.
    case enlarge(factor: Int)
    /// The sum of two values of the first one's size, at most 127.
    case add
  }

  /// A window's size, how far it moves, and how far it may hang over the input's sides.
  public struct Window: Sendable, Hashable {
    /// Height and width of the window.
    public var rows, columns: Int
    /// Inputs between neighbouring outputs.
    public var stride: Int
    /// Zeros that surround the input on each side.
    public var padding: Int

    /// A window from its parts.
    public init(rows: Int, columns: Int, stride: Int, padding: Int) {
      self.rows = rows
      self.columns = columns
      self.stride = stride
      self.padding = padding
    }

    /// How many outputs there are along a side of `length` inputs, for a window of `size`.
    public func count(length: Int, size: Int) -> Int {
      length + 2 * padding < size ? 0 : (length + 2 * padding - size) / stride + 1
    }
  }

  /// What happens to a convolution's sums.
  public enum Activation: String, Sendable {
    /// Negative sums become 0; the rest is requantised to 0...127.
    case relu
    /// Requantised to 16 bits: the outputs of the network.
    case none
    /// As `none`, a logit in 1/256, then a probability in 1/10,000.
    case sigmoid
    /// As `sigmoid`, over all channels of a cell, which add up to about 10,000.
    case softmax
  }

  /// A convolution's integers.
  public struct Convolution: Sendable {
    /// The window.
    public var window: Window
    /// Channels that come in.
    public var inputChannels: Int
    /// Channels that go out.
    public var outputChannels: Int
    /// -127...127, `[output][row][column][input]`.
    public var weights: [Int8]
    /// Added to the sum, one an output.
    public var bias: [Int32]
    /// The sum times this is the output before rounding, one an output.
    public var multiplier: [Float]
    /// What happens to the sums.
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
