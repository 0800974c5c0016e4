import StreetCore

/// Checks of numbers stated in metadata.
extension Geotag {
  /// A focal length in millimetres; nil if it is 0, which means unknown, or out of range.
  static func focalLength(stated millimetres: Int) -> Int? { focalLengths ~= millimetres ? millimetres : nil }

  /// An altitude in centimetres; nil if it is impossible for a photograph taken on Earth.
  static func altitude(metres: Double) -> Int? {
    (-12_000...100_000).contains(metres) ? Int((metres * 100).rounded()) : nil
  }
}
