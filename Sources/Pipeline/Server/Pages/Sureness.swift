import StreetCore

/// The appearance of confidences on a page.
enum Sureness {
  /// The CSS class of a confidence in 1/10,000.
  static func kind(_ confidence: Int) -> String {
    switch confidence {
    case 9_000...: "sure"
    case 5_000...: "likely"
    default: "unsure"
    }
  }

  /// A confidence with two decimals, rounded down, so that 1.00 means exactly 1.
  static func share(_ confidence: Int) -> HTML {
    "<span class=\"share \(kind(confidence))\" title=\"confidence\">\(text(confidence))</span>"
  }

  static func text(_ confidence: Int) -> String {
    let hundredths = confidence / 100
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }
}
