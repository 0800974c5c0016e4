public import DigitNet
public import StreetCore

/// A PNG or JPEG file, decoded as a whole or, if the picture is large, row by row.
public struct CodedImage: Sendable {
  /// The header.
  package let header: ImageHeader
  /// The file's bytes.
  package let bytes: [UInt8]
  private let limits: ImageLimits
  private var deadline = Deadline.never

  /// The number of pixels from which a picture is read row by row, if possible. In smaller pictures, decoding twice
  /// costs more than it saves.
  static let streamedFrom = 48_000_000

  /// Reads the header; throws if that suffices to reject the picture.
  public init(_ bytes: [UInt8], limits: ImageLimits = ImageLimits()) throws(ImageError) {
    header = try ImageDecoder.header(of: bytes, limits: limits)
    self.bytes = bytes
    self.limits = limits
  }

  /// Decodes the whole picture, upright.
  public func image() throws(ImageError) -> Image { try ImageDecoder.decode(bytes, limits: limits, deadline: deadline) }

  /// The same file, whose decoding fails with `member.timed_out` at a deadline.
  package func due(_ deadline: Deadline) -> CodedImage {
    var copy = self
    copy.deadline = deadline
    return copy
  }

  /// Whether numbers are read row by row.
  package var isStreamed: Bool { header.isSequential && header.pixels >= CodedImage.streamedFrom }

  /// The approximate memory, in bytes, for reading the numbers: some rows; or the picture, its halvings, and as much
  /// again for the decoder and an enlarged level.
  package func cost(enlargedBelow: Int) -> Int {
    bytes.count
      + (isStreamed
        ? Detector.streamBytes(width: header.width)
        : CodedImage.wholeCost(pixels: header.pixels, enlargedBelow: enlargedBelow))
  }

  /// The memory for a picture that is held as a whole, without the file's bytes.
  static func wholeCost(pixels: Int, enlargedBelow: Int) -> Int {
    pixels * Image.channels * (pixels < enlargedBelow ? 6 : 3)
  }
}

extension CodedImage: RowSource {
  /// The size of the upright picture.
  public var size: ImageSize { ImageSize(width: header.width, height: header.height) }

  /// Decodes the picture and passes each row in turn to `body`. If the rows are not stored sequentially from top to
  /// bottom, this needs memory for the whole picture.
  public func forEachRow(_ body: (_ row: UnsafeBufferPointer<UInt8>) -> Void) throws(ImageError) {
    guard header.isSequential else { return try image().forEachRow(body) }
    try ImageDecoder.forEachRow(of: bytes, limits: limits, deadline: deadline) { body($1) }
  }

  /// Passes only ranges of rows of a sequential picture, with their numbers. The ranges must be sorted and disjoint.
  func forEachRow(
    in wanted: [Range<Int>], _ body: (_ place: Int, _ row: UnsafeBufferPointer<UInt8>) -> Void
  ) throws(ImageError) {
    try ImageDecoder.forEachRow(of: bytes, limits: limits, deadline: deadline, in: wanted, body)
  }
}
