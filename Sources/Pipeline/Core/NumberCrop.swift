public import DigitNet
public import Foundation

/// A small picture of a number and its surroundings.
public struct NumberCrop: Sendable, Hashable, Codable {
  /// The number's box in the upright picture.
  public var box: Box
  /// The part of the upright picture that the crop shows.
  public var part: Box
  /// The crop as JPEG, a few kilobytes.
  public var jpeg: Data

  /// The minimum confidence, in 1/10,000, of a number for which a crop is stored.
  public static let minimumConfidence = 2_000

  /// A crop from its parts.
  package init(box: Box, part: Box, jpeg: Data) { (self.box, self.part, self.jpeg) = (box, part, jpeg) }
}
