/// Numbers that a network learns: a layer's weights, or its biases.
public struct Parameter: Sendable, Hashable {
  /// What the numbers are.
  public enum Role: String, Sendable, Hashable {
    /// Factors of inputs, which weight decay pulls to zero.
    case weight
    /// What is added to each output.
    case bias
  }

  /// What the numbers are.
  public let role: Role
  /// The sides, outermost first: `[rows, columns, inputs, outputs]` of weights, `[outputs]` of biases.
  public let shape: [Int]
  /// The numbers, outputs innermost.
  public var values: [Float]
  /// Inputs that add up to one output.
  public let inputs: Int

  /// A parameter of zeros.
  public init(role: Role, shape: [Int], inputs: Int) {
    self.role = role
    self.shape = shape
    self.inputs = inputs
    values = Array(repeating: 0, count: shape.reduce(1, *))
  }
}
