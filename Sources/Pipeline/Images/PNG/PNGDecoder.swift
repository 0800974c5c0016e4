import CPNG
import StreetCore

/// Decodes PNG through libpng: every colour type and bit depth, interlaced or not.
///
/// 16 bits are rounded exactly to 8, then alpha is blended with white, the usual background. Gamma and colour profiles
/// are ignored: samples are taken as sRGB.
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

  /// Throws libpng's error, or `image.unsupported` if the file uses an extension, which libpng reports as damage.
  private static func check(
    _ status: cpng_status, of handle: borrowing Handle, _ bytes: [UInt8]
  ) throws(ImageError) {
    if status == CPNG_DAMAGED, let error = PNGExtension.unsupported(in: bytes) { throw error }
    try handle.check(status)
  }

  /// Blends RGBA with white in place, with exact rounding.
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
