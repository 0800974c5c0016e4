import CFreeType

extension PictureDrawing {
  /// The versions of the libraries that draw, by name; empty if memory is short.
  package static var libraries: [String: String] {
    var library: FT_Library?
    guard FT_Init_FreeType(&library) == 0, let library else { return [:] }
    defer { FT_Done_FreeType(library) }
    var (major, minor, patch): (FT_Int, FT_Int, FT_Int) = (0, 0, 0)
    FT_Library_Version(library, &major, &minor, &patch)
    return ["freetype": "\(major).\(minor).\(patch)"]
  }
}
