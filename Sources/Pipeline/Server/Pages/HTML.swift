import StreetCore

/// A piece of a page. What is interpolated into a literal is escaped, unless it is a piece itself: names of members are whatever
/// their makers chose.
package struct HTML: ExpressibleByStringInterpolation, Sendable {
  /// The markup.
  package let text: String

  /// Markup as it stands.
  package init(stringLiteral text: String) { self.text = text }
  /// Markup with what was interpolated.
  package init(stringInterpolation pieces: Pieces) { text = pieces.text }
  private init(_ text: String) { self.text = text }

  /// Nothing.
  package static let empty: HTML = ""

  /// One behind the other.
  package static func + (left: HTML, right: HTML) -> HTML { HTML(left.text + right.text) }

  /// The literal and what is interpolated into it.
  package struct Pieces: StringInterpolationProtocol {
    fileprivate var text = ""

    /// None yet.
    package init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

    /// Markup as it stands.
    package mutating func appendLiteral(_ literal: String) { text += literal }
    /// A piece as it is.
    package mutating func appendInterpolation(_ piece: HTML) { text += piece.text }
    /// A piece, or nothing.
    package mutating func appendInterpolation(_ piece: HTML?) { text += piece?.text ?? "" }
    /// One piece after the other.
    package mutating func appendInterpolation(_ pieces: [HTML]) { for piece in pieces { text += piece.text } }
    /// A number in digits.
    package mutating func appendInterpolation(_ number: Int) { text += String(number) }

    /// A text, escaped, in one line of visible characters.
    package mutating func appendInterpolation(_ string: String) {
      for scalar in printable(string).unicodeScalars {
        switch scalar {
        case "&": text += "&amp;"
        case "<": text += "&lt;"
        case ">": text += "&gt;"
        case "\"": text += "&quot;"
        case "'": text += "&#39;"
        default: text.unicodeScalars.append(scalar)
        }
      }
    }
  }
}
