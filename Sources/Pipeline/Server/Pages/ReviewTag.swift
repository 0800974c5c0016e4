import StreetCore

/// A tag with a number's review state.
enum ReviewTag {
  static func html(_ state: ReviewState?, _ review: NumberReview?, differs: Bool) -> HTML {
    guard let state else { return .empty }
    let (kind, text): (HTML, String) =
      switch state {
      case .confirmed: ("good", "confirmed")
      case .corrected: ("good", "corrected" + (review?.readNumber.map { ", read \($0)" } ?? ""))
      case .notANumber: ("bad", "not a number")
      case .added: ("good", "added")
      case .skipped: ("", "skipped")
      }
    let doubt: HTML = differs ? " <span class=\"tag bad\">reviewers differ</span>" : ""
    return "<span class=\"tag \(kind)\">\(text)</span>\(doubt)"
  }
}
