import DigitNet

/// How members are told from other things, named, and turned upright.
enum MemberRules {
  /// Counts up with every change by which a source comes to hold other pictures, other names, or pictures turned otherwise.
  ///
  /// 1 is that of version 0.1.0, which lost names of zips and passed over some orientations.
  static let revision = 2

  /// Whether a picture of a size, as earlier rules came to it, was turned as these rules turn it. Where the size does not tell,
  /// it counts as not.
  static func isTurned(_ size: ImageSize, as header: ImageHeader) -> Bool {
    guard size == ImageSize(width: header.width, height: header.height) else { return false }
    return header.orientation == .upright || header.orientation.swapsSides && header.width != header.height
  }
}
