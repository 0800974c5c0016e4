package import DigitNet
package import StreetCore

/// A request to store a decision of a reviewer.
package struct DecisionRequest: Sendable, Hashable {
  /// An id chosen by the client, 1 to 64 ASCII letters, digits and hyphens, so that a repeated request stores nothing
  /// twice; nil to generate one.
  package var id: String?
  /// The SHA-256 of the picture's bytes, in lower-case hexadecimal.
  package var picture: String
  /// The verdict.
  package var verdict: Verdict
  /// The box that was shown or drawn, in pixels of the upright picture; nil for a verdict on a whole picture.
  package var box: Box?
  /// The text that was shown: as read, or as added by another reviewer; nil if no reading is judged.
  package var shown: String?
  /// The reviewer: 1 to 100 characters without control characters.
  package var reviewer: String
  /// How the reviewer reached the item.
  package var mode: ReviewMode

  /// A request from its parts.
  package init(
    id: String? = nil, picture: String, verdict: Verdict, box: Box? = nil, shown: String? = nil, reviewer: String,
    mode: ReviewMode = .browse
  ) {
    (self.id, self.picture, self.verdict, self.box) = (id, picture, verdict, box)
    (self.shown, self.reviewer, self.mode) = (shown, reviewer, mode)
  }

  /// What is wrong with the request itself; nil if nothing is.
  var fault: String? {
    let isShown = verdict.judgesReading
    let isOfPicture = verdict == .complete
    if let id, !Self.isID(id) { return "its id is not 1 to 64 letters, digits and hyphens" }
    if !(1...100).contains(reviewer.unicodeScalars.count) || printable(reviewer) != reviewer {
      return "the reviewer's name is not 1 to 100 characters that can be printed"
    }
    if case .undo = verdict { return "an undo is a request of its own" }
    if (box == nil) != isOfPicture { return isOfPicture ? "a verdict on a whole picture has no box" : "it has no box" }
    if (shown == nil) == isShown {
      return isShown ? "it does not give the text that was shown" : "it gives a text, but none was shown"
    }
    for text in [shown, text].compactMap(\.self) where !Self.isNumber(text) {
      return "\(text) is not one to six digits"
    }
    if let box, !(box.left >= 0 && box.top >= 0 && box.width >= 1 && box.height >= 1) { return "its box is invalid" }
    return nil
  }

  /// The number that the reviewer typed.
  var text: String? {
    switch verdict {
    case .corrected(let text), .missed(let text): text
    default: nil
    }
  }

  private static func isID(_ id: String) -> Bool {
    (1...64).contains(id.utf8.count)
      && id.utf8.allSatisfy { byte in
        byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      }
  }

  /// Whether a text consists of one to six digits.
  static func isNumber(_ text: String) -> Bool {
    (1...6).contains(text.utf8.count) && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}
