/// The projection and extent of a panorama, from XMP's GPano properties.
public struct Panorama: Sendable, Hashable, Codable {
  /// GPano's name of the projection in lower case, such as `equirectangular`.
  public var projection: String
  /// The width of the full panorama in columns; nil if not stated.
  public var fullWidth: Int?
  /// The photograph's first column in the full panorama; nil if not stated.
  public var croppedLeft: Int?
  /// The photograph's width in columns when the metadata were written; nil if not stated.
  public var croppedWidth: Int?
  /// The compass direction of the full panorama's centre in 1/100 degree, 0 to 35,999; nil if not stated.
  public var poseHeading: Int?

  /// The range of column numbers.
  package static let columns = 0...1_000_000

  /// A panorama from its parts; nil if the projection is not a word of 1 to 40 letters, or a number is out of range.
  public init?(
    projection: String, fullWidth: Int? = nil, croppedLeft: Int? = nil, croppedWidth: Int? = nil,
    poseHeading: Int? = nil
  ) {
    let word = projection.lowercased()
    guard 1...40 ~= word.utf8.count, word.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }),
      [fullWidth, croppedLeft, croppedWidth].allSatisfy({ $0.map { Panorama.columns ~= $0 } ?? true }),
      fullWidth != 0, croppedWidth != 0, poseHeading.map({ 0..<Heading.turn ~= $0 }) ?? true
    else { return nil }
    self.projection = word
    (self.fullWidth, self.croppedLeft, self.croppedWidth) = (fullWidth, croppedLeft, croppedWidth)
    self.poseHeading = poseHeading
  }
}
