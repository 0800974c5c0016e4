/// A PNG's text chunk of any of the three kinds: `tEXt`, `zTXt` or `iTXt`.
struct PNGText {
  /// What the text is, 1 to 79 bytes.
  let keyword: String
  /// Whether the text is a zlib stream.
  private let isCompressed: Bool
  private let stored: ArraySlice<UInt8>

  private static let longestKeyword = 79

  /// Nil for chunks of other types and for what is no text chunk's data.
  init?(_ chunk: PNGChunks.Chunk) {
    guard let (keyword, rest) = PNGText.split(chunk.data, atMost: PNGText.longestKeyword) else { return nil }
    self.keyword = String(decoding: keyword, as: UTF8.self)
    switch chunk.type {
    case "tEXt": (isCompressed, stored) = (false, rest)
    case "zTXt": (isCompressed, stored) = (true, rest.dropFirst())
    case "iTXt":
      // A flag and the method of compression, the language, the keyword in that language.
      guard let flag = rest.first, let (_, behindLanguage) = PNGText.split(rest.dropFirst(2)),
        let (_, text) = PNGText.split(behindLanguage)
      else { return nil }
      (isCompressed, stored) = (flag != 0, text)
    default: return nil
    }
  }

  /// The text's first bytes, at most `limit`.
  func content(limit: Int) -> ArraySlice<UInt8> {
    isCompressed ? ZlibStream.inflate(stored, limit: limit)[...] : stored.prefix(limit)
  }

  /// What stands before and behind the first zero; nil where there is none in the first bytes.
  private static func split(
    _ bytes: ArraySlice<UInt8>, atMost limit: Int = .max
  ) -> (ArraySlice<UInt8>, ArraySlice<UInt8>)? {
    let searched = limit < bytes.count ? bytes.prefix(limit + 1) : bytes
    guard let zero = searched.firstIndex(of: 0) else { return nil }
    return (bytes[..<zero], bytes[(zero + 1)...])
  }
}
