extension Float {
  /// e to this power, to about 1e-7 of it, by sums and products alone: the same bits on every machine, as the C library's are not.
  /// Powers beyond 87 either way are taken for 87.
  var exponential: Float {
    if isNaN { return self }
    let power = Swift.min(Swift.max(self, -87), 87)
    // The power is a whole multiple of ln 2, which is subtracted in two parts, and a rest of at most ln 2 / 2.
    let multiple = (power * 1.442_695_04).rounded()
    let rest = power - multiple * 0.693_359_375 + multiple * 2.121_944_4e-4
    var sum: Float = 1.987_569_15e-4
    for coefficient: Float in [1.398_199_95e-3, 8.333_451_9e-3, 4.166_579_6e-2, 0.166_666_65, 0.5] {
      sum = sum * rest + coefficient
    }
    let fraction = sum * rest * rest + rest + 1
    return fraction * Float(bitPattern: UInt32(Int32(multiple) + 127) << 23)
  }

  /// The logistic function, 1 / (1 + e^-x).
  public var sigmoid: Float { 1 / (1 + (-self).exponential) }
}
