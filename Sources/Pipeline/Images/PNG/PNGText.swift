/// A text chunk of a PNG: `tEXt`, `zTXt` or `iTXt`.
struct PNGText {
  /// The keyword, 1 to 79 bytes.
  let keyword: String
  /// Whether the text is a zlib stream.
  private let isCompressed: Bool
  private let stored: ArraySlice<UInt8>

  private static let longestKeyword = 79

  /// Nil for chunks of other types and for invalid data.
  init?(_ chunk: PNGChunks.Chunk) {
    guard let (keyword, rest) = PNGText.split(chunk.data, atMost: PNGText.longestKeyword) else { return nil }
    self.keyword = String(decoding: keyword, as: UTF8.self)
    switch chunk.type {
    case "tEXt": (isCompressed, stored) = (false, rest)
    case "zTXt": (isCompressed, stored) = (true, rest.dropFirst())
    case "iTXt":
      // The text follows a compression flag, the compression method, the language and the translated keyword.
      guard let flag = rest.first, let (_, behindLanguage) = PNGText.split(rest.dropFirst(2)),
        let (_, text) = PNGText.split(behindLanguage)
      else { return nil }
      (isCompressed, stored) = (flag != 0, text)
    default: return nil
    }
  }

  /// The first bytes of the text, at most `limit`.
  func content(limit: Int) -> ArraySlice<UInt8> {
    isCompressed ? ZlibStream.inflate(stored, limit: limit)[...] : stored.prefix(limit)
  }

  /// The parts before and after the first zero; nil if there is none in the first bytes.
  private static func split(
    _ bytes: ArraySlice<UInt8>, atMost limit: Int = .max
  ) -> (ArraySlice<UInt8>, ArraySlice<UInt8>)? {
    let searched = limit < bytes.count ? bytes.prefix(limit + 1) : bytes
    guard let zero = searched.firstIndex(of: 0) else { return nil }
    return (bytes[..<zero], bytes[(zero + 1)...])
  }
}
