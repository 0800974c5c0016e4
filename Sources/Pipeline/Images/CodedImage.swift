public import DigitNet
public import StreetCore

/// The bytes of a PNG or JPEG file, whose pixels are decoded as a whole, or row by row where the picture is large.
public struct CodedImage: Sendable {
  /// What the file says before its pixels.
  package let header: ImageHeader
  /// The file's bytes.
  package let bytes: [UInt8]
  private let limits: ImageLimits
  private var deadline = Deadline.never

  /// Pixels from which a picture is read row by row, where it can be; less than its rows would cost to decode twice.
  static let streamedFrom = 48_000_000

  /// Reads what stands before the pixels; throws where that is enough to refuse the picture.
  public init(_ bytes: [UInt8], limits: ImageLimits = ImageLimits()) throws(ImageError) {
    header = try ImageDecoder.header(of: bytes, limits: limits)
    self.bytes = bytes
    self.limits = limits
  }

  /// All pixels, upright.
  public func image() throws(ImageError) -> Image { try ImageDecoder.decode(bytes, limits: limits, deadline: deadline) }

  /// The same, whose decoding ends with `member.timed_out` at a deadline.
  package func due(_ deadline: Deadline) -> CodedImage {
    var copy = self
    copy.deadline = deadline
    return copy
  }

  /// Whether the numbers of the picture are read row by row.
  package var isStreamed: Bool { header.isSequential && header.pixels >= CodedImage.streamedFrom }

  /// Bytes that reading its numbers takes, about: rows; or the picture, its halvings, and as much again for what the
  /// decoder and an enlarged level hold.
  package func cost(enlargedBelow: Int) -> Int {
    bytes.count
      + (isStreamed
        ? Detector.streamBytes(width: header.width)
        : CodedImage.wholeCost(pixels: header.pixels, enlargedBelow: enlargedBelow))
  }

  /// The same of a picture in memory, without its file's bytes.
  static func wholeCost(pixels: Int, enlargedBelow: Int) -> Int {
    pixels * Image.channels * (pixels < enlargedBelow ? 6 : 3)
  }
}

extension CodedImage: RowSource {
  /// The upright picture's size.
  public var size: ImageSize { ImageSize(width: header.width, height: header.height) }

  /// Decodes the picture and gives each row in turn. Where the rows are not stored from top to bottom, one by one, it takes
  /// the memory of the whole picture.
  public func forEachRow(_ body: (_ row: UnsafeBufferPointer<UInt8>) -> Void) throws(ImageError) {
    guard header.isSequential else { return try image().forEachRow(body) }
    try ImageDecoder.forEachRow(of: bytes, limits: limits, deadline: deadline) { body($1) }
  }

  /// The same of a sequential picture for ranges of rows alone, which have to come in order and apart; each row with its place.
  func forEachRow(
    in wanted: [Range<Int>], _ body: (_ place: Int, _ row: UnsafeBufferPointer<UInt8>) -> Void
  ) throws(ImageError) {
    try ImageDecoder.forEachRow(of: bytes, limits: limits, deadline: deadline, in: wanted, body)
  }
}
