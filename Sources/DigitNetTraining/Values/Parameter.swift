/// A layer's weights or biases.
public struct Parameter: Sendable, Hashable {
  /// The role of a parameter.
  public enum Role: String, Sendable, Hashable {
    /// Weights, to which weight decay applies.
    case weight
    /// Biases, which are added to each output.
    case bias
  }

  /// Whether the parameter holds weights or biases.
  public let role: Role
  /// The sides, outermost first: `[rows, columns, inputs, outputs]` for weights, `[outputs]` for biases.
  public let shape: [Int]
  /// The numbers, outputs innermost.
  public var values: [Float]
  /// The number of inputs per output.
  public let inputs: Int

  /// A parameter filled with zeros.
  public init(role: Role, shape: [Int], inputs: Int) {
    self.role = role
    self.shape = shape
    self.inputs = inputs
    values = Array(repeating: 0, count: shape.reduce(1, *))
  }
}
