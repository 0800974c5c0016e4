import CPNG
import StreetCore

/// Decodes PNG through libpng: every colour type and bit depth, interlaced or not.
///
/// 16 bits become 8 by exact rounding, then alpha is laid over white, the usual paper. Gamma and colour
/// profiles are not heeded: samples count as sRGB.
struct PNGDecoder: RowDecoder, ~Copyable {
  let header: ImageHeader
  let grids: [Grid]
  private let bytes: [UInt8]
  private let handle: Handle
  private let hasAlpha: Bool

  /// Reads up to the first pixels.
  init(_ bytes: [UInt8], limits: ImageLimits) throws(ImageError) {
    let handle = try Handle()
    var stored = cpng_header()
    let status = cpng_read_header(handle.pointer, bytes, bytes.count, &stored)
    let (width, height) = (Int(stored.width), Int(stored.height))
    try limits.check(.png, width: width, height: height)
    try Self.check(status, of: handle, bytes)
    self.header = ImageHeader(
      format: .png, storedWidth: width, storedHeight: height,
      orientation: PNGMetadata.orientation(in: bytes), inOnePass: !stored.interlaced)
    self.grids = stored.interlaced ? Grid.adam7 : [Grid()]
    self.hasAlpha = stored.channels == 4
    self.bytes = bytes
    self.handle = handle
  }

  mutating func readRow(into row: inout [UInt8], columns: Int) throws(ImageError) {
    try Self.check(cpng_read_row(handle.pointer, bytes, bytes.count, &row), of: handle, bytes)
    if hasAlpha { layOverWhite(&row, columns: columns) }
  }

  mutating func finish() throws(ImageError) {
    try Self.check(cpng_finish(handle.pointer, bytes, bytes.count), of: handle, bytes)
  }

  /// Throws what libpng found; where the file is of a kind that it doesn't know, that, for libpng calls it damaged.
  private static func check(
    _ status: cpng_status, of handle: borrowing Handle, _ bytes: [UInt8]
  ) throws(ImageError) {
    if status == CPNG_DAMAGED, let error = PNGExtension.unsupported(in: bytes) { throw error }
    try handle.check(status)
  }

  /// Turns RGB and alpha into RGB, in place, rounding exactly.
  private func layOverWhite(_ row: inout [UInt8], columns: Int) {
    for column in 0..<columns {
      let alpha = Int(row[4 * column + 3])
      for channel in 0..<3 {
        let sample = Int(row[4 * column + channel])
        row[3 * column + channel] = UInt8((sample * alpha + 255 * (255 - alpha) + 127) / 255)
      }
    }
  }

  /// Owns the C decoder.
  private struct Handle: ~Copyable {
    let pointer: OpaquePointer

    init() throws(ImageError) {
      guard let pointer = cpng_open() else { throw .outOfMemory }
      self.pointer = pointer
    }

    deinit { cpng_close(pointer) }

    func check(_ status: cpng_status) throws(ImageError) {
      switch status {
      case CPNG_OK: return
      case CPNG_TRUNCATED: throw .truncated(.png)
      default: throw .damaged(.png, String(cString: cpng_message(pointer)))
      }
    }
  }
}
