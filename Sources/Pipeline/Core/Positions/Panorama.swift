/// How a panorama's columns belong to directions: XMP's GPano.
public struct Panorama: Sendable, Hashable, Codable {
  /// GPano's name of the projection, in lower case, such as `equirectangular`.
  public var projection: String
  /// Columns of the whole turn that the photograph is a part of; nil where nothing is said.
  public var fullWidth: Int?
  /// The photograph's first column in the whole turn; nil where nothing is said.
  public var croppedLeft: Int?
  /// Columns that the photograph had when this was written; nil where nothing is said.
  public var croppedWidth: Int?
  /// Compass direction of the whole turn's centre in 1/100 degree, 0 to 35,999; nil where nothing is said.
  public var poseHeading: Int?

  /// Columns.
  package static let columns = 0...1_000_000

  /// A panorama from its parts; nil where the projection is no word of 1 to 40 letters, or a number is out of range.
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
