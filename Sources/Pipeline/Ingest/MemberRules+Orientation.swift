import DigitNet
import StreetCore
import StreetImages

extension MemberRules {
  /// Whether an earlier version turned a picture as the current rules do, judging by its size. Returns false if the
  /// size does not tell.
  static func isTurned(_ size: ImageSize, as header: ImageHeader) -> Bool {
    guard size == ImageSize(width: header.width, height: header.height) else { return false }
    return header.orientation == .upright || header.orientation.swapsSides && header.width != header.height
  }
}
