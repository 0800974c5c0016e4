/// Confidences and scores: probabilities stored as integers in 1/10,000 and displayed as decimals from 0 to 1 with four
/// places.
public enum Confidence {
  /// The integer for a probability of 1.
  public static let one = 10_000
  /// The default minimum confidence of numbers that are shown.
  public static let usual = 5_000
  /// All possible values.
  package static let range = 0...one

  /// The probability with four decimal places, such as 0.9731.
  package static func text(_ value: Int) -> String {
    let decimals = String(value % one)
    return "\(value / one)." + String(repeating: "0", count: 4 - decimals.count) + decimals
  }

  /// The probability with two decimal places, rounded down.
  package static func shortText(_ value: Int) -> String { String(text(value).dropLast(2)) }

  /// The probability as a number from 0 to 1.
  package static func share(_ value: Int) -> Double { Double(value) / Double(one) }

  /// The smallest value that is at least the given probability, within the rounding error of binary fractions.
  package static func least(_ share: Double) -> Int {
    Int((share * Double(one) - 1e-6).rounded(.up))
  }
}
