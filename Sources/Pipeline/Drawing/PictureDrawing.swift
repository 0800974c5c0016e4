package import DigitNet
package import StreetCore

/// A picture with what was read in it drawn over it.
package struct PictureDrawing {
  private let image: Image
  /// The whole picture's width in pixels.
  private let width: Int
  /// Pixels of the drawing for each of the picture's.
  private let scale: Double

  /// The longer side of a drawing of a small picture has at least so many pixels: room for letters.
  private static let leastSide = 640

  /// A drawing over a picture whose width is `width`, and which may be given made smaller. A small one is enlarged, twofold as
  /// often as need be, but not beyond `most` pixels of its longer side.
  package init(_ reduced: Image, width: Int, toLongerSide most: Int) {
    var image = reduced
    while max(image.width, image.height) < Self.leastSide, 2 * max(image.width, image.height) <= most {
      image = image.enlarged()
    }
    (self.image, self.width) = (image, width)
    scale = Double(image.width) / Double(width)
  }

  /// Draws numbers, over what the detector saw where that is given; nil where memory is short. A number on the seam of a panorama,
  /// which ends beyond the width, is drawn at both ends.
  package func drawn(_ numbers: [HouseNumber], evidence: [EvidenceMap]? = nil) -> Image? {
    guard var canvas = Canvas(image) else { return nil }
    if let evidence { HeatMap(evidence, scale: scale).draw(on: &canvas) }
    let onSeam = numbers.filter { $0.box.right > width }.map { $0.moved(left: width, top: 0) }
    NumberDrawing(numbers + onSeam, scale: scale, on: canvas).draw(on: &canvas)
    return canvas.image
  }
}
