package import DigitNet
package import StreetCore
import StreetImages

/// A picture with the numbers that were read drawn over it.
package struct PictureDrawing {
  private let image: Image
  /// The width of the whole picture in pixels.
  private let width: Int
  /// Pixels of the drawing per pixel of the picture.
  private let scale: Double

  /// The minimum lengths of a drawing's longer and shorter sides, in pixels, so that there is room for text.
  private static let (minimumLongerSide, minimumShorterSide) = (640, 160)

  /// A drawing over a picture of the given `width`, which may be passed scaled down. A small picture is enlarged
  /// twofold as often as necessary, but its longer side is at most `most` pixels.
  package init(_ reduced: Image, width: Int, toLongerSide most: Int) {
    var image = reduced
    while true {
      let (shorter, longer) = (min(image.width, image.height), max(image.width, image.height))
      guard longer < Self.minimumLongerSide || shorter < Self.minimumShorterSide, 2 * longer <= most else { break }
      image = image.enlarged()
    }
    (self.image, self.width) = (image, width)
    scale = Double(image.width) / Double(width)
  }

  /// A drawing that fills a given size. The picture is scaled before anything is drawn, so that letters keep their
  /// size.
  package init(_ reduced: Image, width: Int, filling room: ImageSize) {
    var image = reduced
    while image.width < room.width, image.height < room.height { image = image.enlarged() }
    self.image = image.scaled(
      Box(left: 0, top: 0, width: image.width, height: image.height), to: image.size.reduced(toFit: room))
    self.width = width
    scale = Double(self.image.width) / Double(width)
  }

  /// Draws numbers and, if given, the detector's evidence; nil if memory is short. A number on the seam of a panorama,
  /// whose box ends beyond the width, is drawn at both ends.
  package func drawn(_ numbers: [HouseNumber], evidence: [EvidenceMap]? = nil) -> Image? {
    guard var canvas = Canvas(image) else { return nil }
    if let evidence { HeatMap(evidence, scale: scale).draw(on: &canvas) }
    let onSeam = numbers.filter { $0.box.right > width }.map { $0.moved(left: width, top: 0) }
    NumberDrawing(numbers + onSeam, scale: scale, on: canvas).draw(on: &canvas)
    return canvas.image
  }
}
