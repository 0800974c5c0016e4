/// The sigmoid function on fixed-point logits, by table: the same integers on every machine, without libm.
public enum Sigmoid {
  /// Units per 1 of a logit.
  public static let unit = 256
  /// Units per 1 of a probability.
  public static let one = 10_000

  /// Beyond ±16 the probability rounds to 0 or 10,000.
  private static let limit = 16 * unit

  /// e^(-1/256). Its powers need only IEEE multiplications, which round the same everywhere.
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

  /// The probability of a logit: 0...10,000 for a logit in 1/256.
  public static func probability(_ logit: Int) -> Int {
    let k = min(abs(logit), limit)
    return logit < 0 ? one - Int(table[k]) : Int(table[k])
  }

  /// The exponential of a logit of at most 0, in 1/256; 0 below -16.
  static func exponential(_ logit: Int) -> Double {
    -logit > limit ? 0 : exponentials[-logit]
  }

  /// The minimum logit, in 1/256, whose probability is at least the given one, in 1/10,000.
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
  /// The constants of this file that affect results, by name.
  static let constants: [String: [Double]] = [
    "unit": [Double(unit)], "one": [Double(one)], "limit": [Double(limit)], "step": [step],
  ]
}
