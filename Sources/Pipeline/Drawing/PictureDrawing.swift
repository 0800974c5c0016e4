package import DigitNet
package import StreetCore
import StreetImages

/// A picture with what was read in it drawn over it.
package struct PictureDrawing {
  private let image: Image
  /// The whole picture's width in pixels.
  private let width: Int
  /// Pixels of the drawing for each of the picture's.
  private let scale: Double

  /// The sides of a drawing of a small picture have at least so many pixels: room for letters.
  private static let (leastLongerSide, leastShorterSide) = (640, 160)

  /// A drawing over a picture whose width is `width`, and which may be given made smaller. A small one is enlarged, twofold as
  /// often as need be, but not beyond `most` pixels of its longer side.
  package init(_ reduced: Image, width: Int, toLongerSide most: Int) {
    var image = reduced
    while true {
      let (shorter, longer) = (min(image.width, image.height), max(image.width, image.height))
      guard longer < Self.leastLongerSide || shorter < Self.leastShorterSide, 2 * longer <= most else { break }
      image = image.enlarged()
    }
    (self.image, self.width) = (image, width)
    scale = Double(image.width) / Double(width)
  }

  /// The same for a drawing that fills a room: the picture gets its size before something is drawn over it, so that letters keep
  /// theirs.
  package init(_ reduced: Image, width: Int, filling room: ImageSize) {
    var image = reduced
    while image.width < room.width, image.height < room.height { image = image.enlarged() }
    self.image = image.scaled(
      Box(left: 0, top: 0, width: image.width, height: image.height), to: image.size.reduced(toFit: room))
    self.width = width
    scale = Double(self.image.width) / Double(width)
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
