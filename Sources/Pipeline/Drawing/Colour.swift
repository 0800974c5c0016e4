/// An sRGB colour with 8 bits per channel.
struct Colour: Sendable, Hashable {
  /// Red, green, blue.
  let red, green, blue: UInt8

  /// A colour from a number such as `0x1F6FB2`.
  init(_ hexadecimal: UInt32) {
    red = UInt8(truncatingIfNeeded: hexadecimal >> 16)
    green = UInt8(truncatingIfNeeded: hexadecimal >> 8)
    blue = UInt8(truncatingIfNeeded: hexadecimal)
  }

  /// The text colour on this background: black or white, whichever has more contrast.
  var ink: Colour {
    let light = 299 * Int(red) + 587 * Int(green) + 114 * Int(blue)
    return light > 150_000 ? .black : .white
  }

  static let black = Colour(0x10161C)
  static let white = Colour(0xFFFFFF)
  static let faint = Colour(0x66727F)
  static let paper = Colour(0xF4F6F8)
  static let grid = Colour(0xD9DFE5)

  /// The colour of a number by its confidence in 1/10,000: blue from 0.9, yellow from 0.5, red below. Colour-blind
  /// people can tell these apart.
  static func of(confidence: Int) -> Colour {
    switch confidence {
    case 9_000...: Colour(0x1F78C8)
    case 5_000...: Colour(0xF0B429)
    default: Colour(0xD9481C)
    }
  }
}
