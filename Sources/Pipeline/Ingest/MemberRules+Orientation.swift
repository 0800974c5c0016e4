import DigitNet
import StreetCore
import StreetImages

extension MemberRules {
  /// Whether a picture of a size, as earlier rules came to it, was turned as these rules turn it. Where the size does not tell,
  /// it counts as not.
  static func isTurned(_ size: ImageSize, as header: ImageHeader) -> Bool {
    guard size == ImageSize(width: header.width, height: header.height) else { return false }
    return header.orientation == .upright || header.orientation.swapsSides && header.width != header.height
  }
}
