import StreetCore

/// Numbers as metadata state them.
extension Geotag {
  /// A focal length in millimetres; nil where it is 0, which stands for unknown, or out of range.
  static func focalLength(stated millimetres: Int) -> Int? { focalLengths ~= millimetres ? millimetres : nil }

  /// Centimetres of metres; nil where no photograph on Earth was taken there.
  static func altitude(metres: Double) -> Int? {
    (-12_000...100_000).contains(metres) ? Int((metres * 100).rounded()) : nil
  }
}
