/// Why bytes could not be read as a picture.
public struct ImageError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A stable id of one kind of failure; later versions may add to them.
  public struct Code: RawRepresentable, Sendable, Hashable {
    /// The id as stored and printed, such as `image.truncated`.
    public let rawValue: String

    /// A code from its id.
    public init(rawValue: String) {
      self.rawValue = rawValue
    }

    /// The first bytes are neither PNG's nor JPEG's.
    public static let notAnImage = Code(rawValue: "image.not_an_image")
    /// The file ends before its picture does.
    public static let truncated = Code(rawValue: "image.truncated")
    /// The bytes contradict the format, a checksum or each other.
    public static let damaged = Code(rawValue: "image.damaged")
    /// More pixels than ``ImageLimits/megapixels`` allows.
    public static let tooManyPixels = Code(rawValue: "image.too_many_pixels")
    /// More scans than ``ImageLimits/progressiveScans`` allows.
    public static let tooManyScans = Code(rawValue: "image.too_many_scans")
    /// A sound file of a kind that is not read.
    public static let unsupported = Code(rawValue: "image.unsupported")
    /// The machine did not give the memory that decoding takes.
    public static let outOfMemory = Code(rawValue: "image.out_of_memory")
  }

  /// The kind of failure.
  public let code: Code
  /// What happened and what to do, one sentence.
  public let message: String

  /// An error from its parts.
  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The sentence and the id.
  public var description: String { "\(message) (\(code.rawValue))" }
}
