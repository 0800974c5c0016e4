import CTrainingKernels

extension Float {
  /// The exponential of this value, with the same bits on every machine.
  var exponential: Float { training_exponential(self) }

  /// The logistic function, 1 / (1 + e^-x).
  public var sigmoid: Float { 1 / (1 + training_exponential(-self)) }
}
