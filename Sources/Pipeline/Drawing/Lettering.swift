import CFont
import CFreeType

/// The embedded font, rendered by FreeType. It has the printable ASCII characters; others are drawn as `?`.
///
/// Use it on one thread only.
final class Lettering {
  /// A rendered character.
  struct Glyph {
    /// The coverage of each pixel, 0...255, row by row from the top.
    var coverage: [UInt8]
    var columns, rows: Int
    /// The offset of the first column from the origin, and of the first row above the baseline.
    var left, top: Int
    /// The distance to the origin of the next character, in pixels.
    var advance: Double
  }

  private let library: FT_Library
  private let face: FT_Face

  /// FreeType's units per pixel.
  private static let unit = 64.0

  /// Returns nil if memory is short.
  init?() {
    var (library, face): (FT_Library?, FT_Face?)
    guard FT_Init_FreeType(&library) == 0, let library else { return nil }
    let error = FT_New_Memory_Face(library, streetnum_font_bytes(), FT_Long(streetnum_font_size()), 0, &face)
    guard error == 0, let face else {
      FT_Done_FreeType(library)
      return nil
    }
    (self.library, self.face) = (library, face)
  }

  deinit {
    FT_Done_Face(face)
    FT_Done_FreeType(library)
  }

  /// The width of a text in pixels; `size` is the font's height in pixels.
  func width(of text: String, size: Double) -> Double {
    setSize(size)
    return codes(text).reduce(0) { $0 + (load($1, FT_LOAD_NO_HINTING) ? advance : 0) }
  }

  /// The glyphs of a text that begins at `left`, rendered at their subpixel positions.
  func glyphs(of text: String, size: Double, at left: Double) -> [Glyph] {
    setSize(size)
    var x = left
    return codes(text).compactMap { code in
      var shift = FT_Vector(x: FT_Pos((x - x.rounded(.down)) * Self.unit), y: 0)
      FT_Set_Transform(face, nil, &shift)
      guard load(code, FT_LOAD_NO_HINTING | FT_LOAD_RENDER), let slot = face.pointee.glyph?.pointee else { return nil }
      let bitmap = slot.bitmap
      let (columns, rows) = (Int(bitmap.width), Int(bitmap.rows))
      var coverage: [UInt8] = []
      for row in 0..<rows {
        coverage += UnsafeBufferPointer(start: bitmap.buffer + row * Int(bitmap.pitch), count: columns)
      }
      x += advance
      return Glyph(
        coverage: coverage, columns: columns, rows: rows, left: Int(slot.bitmap_left), top: Int(slot.bitmap_top),
        advance: advance)
    }
  }

  /// The text, shortened in the middle with `...` if it is wider than a maximum.
  func shortened(_ text: String, size: Double, toWidth most: Double) -> String {
    guard width(of: text, size: size) > most else { return text }
    let scalars = Array(text.unicodeScalars)
    for kept in (0..<max(scalars.count, 1)).reversed() {
      let (first, last) = (scalars.prefix((kept + 1) / 2), scalars.suffix(kept / 2))
      let short = String(String.UnicodeScalarView(first)) + "..." + String(String.UnicodeScalarView(last))
      if width(of: short, size: size) <= most { return short }
    }
    return ""
  }

  private func codes(_ text: String) -> [FT_ULong] {
    text.unicodeScalars.map { FT_ULong((0x20..<0x7F).contains($0.value) ? $0.value : 0x3F) }
  }

  private func setSize(_ size: Double) {
    FT_Set_Char_Size(face, 0, FT_F26Dot6(size * Self.unit), 72, 72)
  }

  private func load(_ code: FT_ULong, _ flags: Int) -> Bool { FT_Load_Char(face, code, FT_Int32(flags)) == 0 }

  /// The advance of the character loaded last.
  private var advance: Double { Double(face.pointee.glyph?.pointee.linearHoriAdvance ?? 0) / 65_536 }
}
