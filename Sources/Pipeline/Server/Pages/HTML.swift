import StreetCore

/// A fragment of HTML. Values interpolated into a literal are escaped, unless they are HTML themselves, because member
/// names may contain anything.
package struct HTML: ExpressibleByStringInterpolation, Sendable {
  /// The markup.
  package let text: String

  /// Markup from a literal.
  package init(stringLiteral text: String) { self.text = text }
  /// Markup from a literal with interpolations.
  package init(stringInterpolation pieces: Pieces) { text = pieces.text }
  private init(_ text: String) { self.text = text }

  /// Empty markup.
  package static let empty: HTML = ""

  /// Concatenates two fragments.
  package static func + (left: HTML, right: HTML) -> HTML { HTML(left.text + right.text) }

  /// The segments of an interpolated literal.
  package struct Pieces: StringInterpolationProtocol {
    fileprivate var text = ""

    /// An empty interpolation.
    package init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

    /// Appends markup from the literal.
    package mutating func appendLiteral(_ literal: String) { text += literal }
    /// Appends a fragment without escaping.
    package mutating func appendInterpolation(_ piece: HTML) { text += piece.text }
    /// Appends a fragment, if there is one.
    package mutating func appendInterpolation(_ piece: HTML?) { text += piece?.text ?? "" }
    /// Appends fragments.
    package mutating func appendInterpolation(_ pieces: [HTML]) { for piece in pieces { text += piece.text } }
    /// Appends a number in decimal.
    package mutating func appendInterpolation(_ number: Int) { text += String(number) }

    /// Appends a text, escaped and on one line of printable characters.
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
