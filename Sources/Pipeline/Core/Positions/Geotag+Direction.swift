package import DigitNet
import Foundation

extension Panorama {
  /// Whether the picture is equirectangular and shows a full turn, so that its left and right ends are neighbours.
  package var isFullTurn: Bool {
    projection == Panorama.equirectangular && (croppedLeft ?? 0) == 0
      && (croppedWidth ?? fullWidth) == (fullWidth ?? croppedWidth)
  }

  /// GPano's name for the projection in which every column covers the same angle.
  static let equirectangular = "equirectangular"
}

extension Geotag {
  /// The compass direction from the camera to an object in a column of a picture; nil if it can't be determined.
  ///
  /// In an equirectangular picture, each column has a direction; with `isPanorama`, the picture is taken for one of a
  /// full turn, regardless of its geotag. For other pictures, the focal length (in terms of 36 mm film along the longer
  /// side) gives the angle of view. A heading of movement says nothing about the view.
  package func direction(ofColumn x: Double, in size: ImageSize, isPanorama: Bool) -> Heading? {
    if isPanorama || panorama?.projection == Panorama.equirectangular {
      return direction(inTurn: x / Double(size.width))
    }
    guard let heading, heading.kind == .view, let focalLength else { return nil }
    let across = (x - Double(size.width) / 2) * 36 / Double(focalLength * max(size.width, size.height))
    return heading.turned(by: atan(across) * 180 / .pi)
  }

  /// The direction at a share of the width of a panorama, whole or partial. A heading from a sidecar takes precedence
  /// over the panorama's own pose, which takes precedence over the EXIF heading. All three apply to the centre.
  private func direction(inTurn share: Double) -> Heading? {
    let heading = heading.flatMap { $0.kind == .view ? $0 : nil }
    let pose = panorama?.poseHeading.flatMap { Heading(hundredths: $0, origin: .xmp) }
    let isBeside = heading.map { [.beside, .inside].contains($0.origin) } ?? false
    guard let centre = isBeside ? heading : pose ?? heading else { return nil }
    let columns = panorama?.croppedWidth ?? panorama?.fullWidth ?? 1
    let full = panorama?.fullWidth ?? columns
    let column = Double(panorama?.croppedLeft ?? 0) + share * Double(columns)
    return centre.turned(by: column / Double(full) * 360 - 180)
  }
}

extension Heading {
  /// The heading turned clockwise by an angle in degrees.
  func turned(by degrees: Double) -> Heading {
    var turned = self
    let hundredths = (hundredths + Int((degrees * 100).rounded())) % Heading.turn
    turned.hundredths = (hundredths + Heading.turn) % Heading.turn
    return turned
  }
}

extension FoundNumber {
  /// Whether the picture was read as a panorama of a full turn.
  package var isPanorama: Bool { isReadAsPanorama || geotag?.panorama?.isFullTurn == true }

  /// The compass direction from the camera to the number; nil if it is unknown.
  package var direction: Heading? {
    let middle = Double(number.box.left) + Double(number.box.width) / 2
    return geotag?.direction(
      ofColumn: middle, in: ImageSize(width: width, height: height), isPanorama: isPanorama)
  }
}
