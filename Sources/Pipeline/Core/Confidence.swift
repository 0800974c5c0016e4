/// Confidences and scores: probabilities, which are kept as whole numbers of 1/10,000 and shown as shares from 0 to 1 with four
/// decimals.
public enum Confidence {
  /// What a probability of 1 is kept as.
  public static let one = 10_000
  /// The confidence from which on numbers are shown where nobody asks for another.
  public static let usual = 5_000
  /// The values that there are.
  package static let range = 0...one

  /// A share such as 0.9731.
  package static func text(_ value: Int) -> String {
    let decimals = String(value % one)
    return "\(value / one)." + String(repeating: "0", count: 4 - decimals.count) + decimals
  }

  /// The same with two decimals, for texts; a value between is cut.
  package static func shortText(_ value: Int) -> String { String(text(value).dropLast(2)) }

  /// The same as a share.
  package static func share(_ value: Int) -> Double { Double(value) / Double(one) }

  /// The least value that is not below a share from 0 to 1, which a binary number may miss by a little.
  package static func least(_ share: Double) -> Int {
    Int((share * Double(one) - 1e-6).rounded(.up))
  }
}
