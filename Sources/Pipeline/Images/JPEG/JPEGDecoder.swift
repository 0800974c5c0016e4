import CJPEG
import StreetCore

/// Decodes 8-bit JPEG through libjpeg: baseline, extended sequential and progressive, in grey, YCbCr, RGB, CMYK or
/// YCCK.
///
/// A file without an end marker is rejected as truncated even if every pixel can be decoded, because nothing else
/// distinguishes a complete file from a truncated one. Bytes after the end marker are ignored. Colour profiles are
/// ignored: samples are taken as sRGB. A file with several scans needs two more bytes of memory per stored sample.
struct JPEGDecoder: RowDecoder, ~Copyable {
  let header: ImageHeader
  let grids = [Grid()]
  private let bytes: [UInt8]
  private let handle: Handle
  private let isCMYK: Bool
  /// Adobe's convention for CMYK: 255 is no ink.
  private let isInverted: Bool

  /// Reads up to the first scan. The deadline is checked while rows are decoded, in every scan.
  init(_ file: [UInt8], limits: ImageLimits, deadline: Deadline = .never) throws(ImageError) {
    let segments = JPEGSegments(file)
    if let coding = segments.unsupportedCoding { throw .unsupported(.jpeg, coding) }
    let bytes = try segments.withRowCount(file)
    let handle = try Handle(limits: limits, deadline: deadline)
    var stored = cjpeg_header()
    let status = cjpeg_read_header(handle.pointer, bytes, bytes.count, &stored)
    let (width, height) = (Int(stored.width), Int(stored.height))
    try limits.check(.jpeg, width: width, height: height)
    try handle.check(status)
    self.header = ImageHeader(
      format: .jpeg, storedWidth: width, storedHeight: height, orientation: segments.orientation,
      inOnePass: !stored.buffered)
    self.isCMYK = stored.channels == 4
    self.isInverted = stored.adobe
    self.bytes = bytes
    self.handle = handle
  }

  mutating func readRow(into row: inout [UInt8], columns: Int) throws(ImageError) {
    try handle.check(cjpeg_read_row(handle.pointer, bytes, bytes.count, &row))
    if isCMYK { convertToRGB(&row, columns: columns) }
  }

  mutating func skipRows(_ count: Int, _ row: inout [UInt8], columns: Int) throws(ImageError) {
    try handle.check(cjpeg_skip_rows(handle.pointer, bytes, bytes.count, UInt32(count), &row))
  }

  mutating func finish() throws(ImageError) {
    try handle.check(cjpeg_finish(handle.pointer, bytes, bytes.count))
  }

  /// Converts CMYK to RGB in place, with exact rounding: the light that a colour's ink leaves, times the light that
  /// black leaves.
  private func convertToRGB(_ row: inout [UInt8], columns: Int) {
    let mask: UInt8 = isInverted ? 0 : 255
    for column in 0..<columns {
      let black = Int(row[4 * column + 3] ^ mask)
      for channel in 0..<3 {
        let light = Int(row[4 * column + channel] ^ mask)
        row[3 * column + channel] = UInt8((light * black + 127) / 255)
      }
    }
  }

  /// Owns the C decoder.
  private struct Handle: ~Copyable {
    let pointer: OpaquePointer
    let limits: ImageLimits
    let deadline: Deadline

    init(limits: ImageLimits, deadline: Deadline) throws(ImageError) {
      guard let pointer = cjpeg_open(Int32(limits.progressiveScans), deadline.left) else { throw .outOfMemory }
      self.pointer = pointer
      self.limits = limits
      self.deadline = deadline
    }

    deinit { cjpeg_close(pointer) }

    func check(_ status: cjpeg_status) throws(ImageError) {
      switch status {
      case CJPEG_OK: return
      case CJPEG_TRUNCATED: throw .truncated(.jpeg)
      case CJPEG_UNSUPPORTED: throw .unsupported(.jpeg, String(cString: cjpeg_message(pointer)))
      case CJPEG_TOO_MANY_SCANS: throw limits.tooManyScans
      case CJPEG_TIMED_OUT: throw deadline.passed
      case CJPEG_OUT_OF_MEMORY: throw .outOfMemory
      default: throw .damaged(.jpeg, String(cString: cjpeg_message(pointer)))
      }
    }
  }
}
