/// Random numbers from a seed, the same on every machine (SplitMix64).
public struct RandomSource: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A source that gives the same numbers for the same seed.
  public init(seed: UInt64) { state = seed }

  /// 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return RandomSource.mixed(state)
  }

  /// A number in 0..<1 with 24 random bits.
  public mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// An integer in 0..<`count`.
  public mutating func below(_ count: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(count)).high) }

  /// A nearly normal number with mean 0 and variance 1: the sum of twelve uniform numbers minus 6. It lies within ±6
  /// and needs no function that differs between machines.
  public mutating func normal() -> Float {
    var sum: Float = -6
    for _ in 0..<12 { sum += uniform() }
    return sum
  }

  /// The integers below `count` in random order (Fisher and Yates).
  public mutating func permutation(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for place in stride(from: count - 1, to: 0, by: -1) { order.swapAt(place, below(place + 1)) }
    return order
  }

  /// The random number at a place in a sequence, without computing those before it.
  static func number(seed: UInt64, at place: Int) -> UInt64 {
    mixed(seed &+ UInt64(truncatingIfNeeded: place &+ 1) &* 0x9E37_79B9_7F4A_7C15)
  }

  private static func mixed(_ state: UInt64) -> UInt64 {
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
