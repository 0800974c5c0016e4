/// Probabilities from fixed-point logits, by table: the same integers on every machine, no libm.
public enum Sigmoid {
  /// Logits are counted in 1/256.
  public static let unit = 256
  /// Probabilities are counted in 1/10,000.
  public static let one = 10_000

  /// Beyond ±16 the probability is 0 or 10,000 to the last digit kept.
  private static let limit = 16 * unit

  /// e^(-1/256). Powers of it need IEEE multiplications alone, which round the same everywhere.
  private static let step = 0.99610136947011749

  private static let exponentials: [Double] = {
    var power = 1.0
    return (0...limit).map { _ in
      defer { power *= step }
      return power
    }
  }()

  private static let table: [Int32] = (0...limit).map { k in
    Int32((Double(one) / (1 + exponentials[k])).rounded(.toNearestOrEven))
  }

  /// The probability, 0...10,000, of a logit in 1/256.
  public static func probability(_ logit: Int) -> Int {
    let k = min(abs(logit), limit)
    return logit < 0 ? one - Int(table[k]) : Int(table[k])
  }

  /// e to the power of a logit in 1/256, for logits of 0 and less; 0 below -16.
  static func exponential(_ logit: Int) -> Double {
    -logit > limit ? 0 : exponentials[-logit]
  }

  /// The least logit, in 1/256, whose probability is at least the given one, in 1/10,000.
  public static func logit(_ probability: Int) -> Int {
    var (low, high) = (-limit, limit)
    while low < high {
      let middle = (low + high) >> 1
      if Sigmoid.probability(middle) >= probability { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension Sigmoid {
  /// What of the above decides results, by name.
  static let constants: [String: [Double]] = [
    "unit": [Double(unit)], "one": [Double(one)], "limit": [Double(limit)], "step": [step],
  ]
}
