/// Confidences and scores, which are kept in 1/10,000 and shown as shares with four decimals.
package enum Confidence {
  /// A share such as 0.9731.
  package static func text(_ value: Int) -> String {
    let decimals = String(value % 10_000)
    return "\(value / 10_000)." + String(repeating: "0", count: 4 - decimals.count) + decimals
  }

  /// The least value that is not below a share from 0 to 1, which a binary number may miss by a little.
  package static func least(_ share: Double) -> Int {
    Int((share * 10_000 - 1e-6).rounded(.up))
  }
}
