extension Model {
  /// The largest ordinal among models: 18 digits.
  private static let lastSequence = 999_999_999_999_999_999

  /// The ordinal, in a model's metadata, of a model that follows one with the given ordinal. One that is missing or
  /// invalid counts as 0; after the largest, it stays the same.
  package static func nextSequence(after text: String?) -> String {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let valid = text.flatMap { 1...18 ~= $0.utf8.count && $0.utf8.allSatisfy(digits.contains) ? Int($0) : nil }
    return "\(min((valid ?? 0) + 1, lastSequence))"
  }
}
