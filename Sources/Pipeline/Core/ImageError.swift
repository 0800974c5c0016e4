/// Why a file can't be read as a picture.
public struct ImageError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The stable error ids for pictures; later versions may add ids.
  public struct Code: RawRepresentable, Sendable, Hashable {
    /// The id as stored and printed, such as `image.truncated`.
    public let rawValue: String

    /// A code from its id.
    public init(rawValue: String) {
      self.rawValue = rawValue
    }

    /// The first bytes are neither a PNG nor a JPEG signature.
    public static let notAnImage = Code(rawValue: "image.not_an_image")
    /// The file ends before the picture is complete.
    public static let truncated = Code(rawValue: "image.truncated")
    /// The bytes violate the format, fail a checksum or contradict one another.
    public static let damaged = Code(rawValue: "image.damaged")
    /// The picture has more pixels than ``ImageLimits/megapixels`` allows.
    public static let tooManyPixels = Code(rawValue: "image.too_many_pixels")
    /// The picture has more scans than ``ImageLimits/progressiveScans`` allows.
    public static let tooManyScans = Code(rawValue: "image.too_many_scans")
    /// The file is intact, but its kind is not supported.
    public static let unsupported = Code(rawValue: "image.unsupported")
    /// There was not enough memory for decoding.
    public static let outOfMemory = Code(rawValue: "image.out_of_memory")
  }

  /// The error's id.
  public let code: Code
  /// What happened and what to do, in one sentence.
  public let message: String

  /// An error from its parts.
  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message followed by the id in parentheses.
  public var description: String { "\(message) (\(code.rawValue))" }
}
