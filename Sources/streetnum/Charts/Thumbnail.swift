import DigitNet
import Foundation
import Pipeline

/// A small picture of the place of a mistake.
struct Thumbnail {
  /// The part of the photograph that the picture shows.
  let region: Box
  /// The picture as a PNG file.
  let png: [UInt8]

  private static let longestSide = 480

  /// Cuts out the part of a photograph that contains the reading and the right number. The whole photograph is shown
  /// where one of the two has no box. Returns nil where memory is short.
  init?(_ mistake: Mistake, _ image: Image) {
    region = Thumbnail.region(mistake, image)
    var part = image.cropped(to: region)
    while max(part.width, part.height) > Thumbnail.longestSide, let half = part.halved() { part = half }
    guard let png = ImageEncoder.png(part) else { return nil }
    self.png = png
  }

  private static func region(_ mistake: Mistake, _ image: Image) -> Box {
    let whole = Box(left: 0, top: 0, width: image.width, height: image.height)
    let boxes = mistake.places + (mistake.read.map { [$0.box] } ?? [])
    guard mistake.right == nil || !mistake.places.isEmpty, let first = boxes.first else { return whole }
    let core = boxes.dropFirst().reduce(first) { $0.union($1) }
    let margin = max(core.width, core.height, 32)
    let (left, top) = (max(core.left - margin, 0), max(core.top - margin, 0))
    let (right, bottom) = (min(core.right + margin, image.width), min(core.bottom + margin, image.height))
    guard left < right, top < bottom else { return whole }
    return Box(left: left, top: top, width: right - left, height: bottom - top)
  }
}
