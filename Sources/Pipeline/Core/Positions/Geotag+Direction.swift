package import DigitNet
import Foundation

extension Panorama {
  /// Whether the picture is equirectangular and shows a full turn, so that its two ends are neighbours.
  package var isFullTurn: Bool {
    projection == Panorama.equirectangular && (croppedLeft ?? 0) == 0
      && (croppedWidth ?? fullWidth) == (fullWidth ?? croppedWidth)
  }

  /// The projection in which all columns are equally wide in degrees.
  static let equirectangular = "equirectangular"
}

extension Geotag {
  /// The compass direction from the camera to what stands in a column of a picture; nil where the picture does not tell.
  ///
  /// Of an equirectangular picture each column has its direction; `isPanorama` says that it is one of a full turn, whatever is
  /// known of it beside. Of any other picture the focal length says how wide it sees: equal to one of film 36 mm along the
  /// longer side. A camera's movement says nothing of its view.
  package func direction(ofColumn x: Double, in size: ImageSize, isPanorama: Bool) -> Heading? {
    if isPanorama || panorama?.projection == Panorama.equirectangular {
      return direction(inTurn: x / Double(size.width))
    }
    guard let heading, heading.kind == .view, let focalLength else { return nil }
    let across = (x - Double(size.width) / 2) * 36 / Double(focalLength * max(size.width, size.height))
    return heading.turned(by: atan(across) * 180 / .pi)
  }

  /// The direction at a share of the width of a picture that shows a turn or a part of it. What stands beside the photograph
  /// counts before its own pose, and that before the heading of its EXIF, which is the centre's, too.
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
  /// The same turned clockwise by so many degrees.
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

  /// The compass direction from the camera to the number; nil where it is not known.
  package var direction: Heading? {
    let middle = Double(number.box.left) + Double(number.box.width) / 2
    return geotag?.direction(
      ofColumn: middle, in: ImageSize(width: width, height: height), isPanorama: isPanorama)
  }
}
