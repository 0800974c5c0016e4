package import DigitNet

/// A picture of a number for testing a reader without a photograph.
package enum Specimen {
  /// A plate with a number of one to six digits, in the built-in font; nil if there is not enough memory.
  package static func drawing(of number: String) -> Image? {
    let size = 48.0
    guard let lettering = Lettering() else { return nil }
    let width = Int(lettering.width(of: number, size: size)) + 96
    guard var canvas = Canvas(width: width, height: 120, .grid) else { return nil }
    canvas.fill(canvas.frame.grown(by: -20), .white, radius: 6)
    canvas.write(number, left: 48, baseline: 78, size: size, .black)
    return canvas.image
  }
}
