import DigitNet

extension FileKind {
  /// The ISO base media format (HEIF, AVIF, MP4, QuickTime and related formats), JPEG 2000 and JPEG XL. All consist of
  /// boxes with a length, a type of four letters, and content.
  init?(mediaFile bytes: [UInt8]) {
    let type = FileKind.letters(bytes, at: 4)
    switch type {
    case "jP  ", "jP\u{1A}\u{1A}":
      // The second box has the brand: Motion JPEG 2000 is video.
      let brand = FileKind.letters(bytes, at: 20)
      self = brand == "mjp2" || brand == "mj2s" ? .recording : .undecoded(.jpeg2000)
    case "ftyp": self = FileKind.stillPicture(brands: FileKind.brands(bytes)).map { .undecoded($0) } ?? .recording
    case "moov", "mdat", "moof", "wide", "pnot", "free", "skip": self = .recording  // QuickTime without a type
    default: return nil
    }
  }

  /// The major brand, followed by the compatible brands.
  private static func brands(_ bytes: [UInt8]) -> [String] {
    let length = bytes.integer(at: 0, count: 4, .big) ?? 0
    // Lengths 0 and 1 mean that the length is elsewhere; then all available bytes are searched.
    let end = length < 16 ? bytes.count : min(length, bytes.count)
    let main = end >= 12 ? [letters(bytes, at: 8)] : []
    return main + stride(from: 16, through: end - 4, by: 4).map { letters(bytes, at: $0) }
  }

  /// The still picture format of the brands; nil if they denote none. The first brand that denotes a codec decides;
  /// other brands only denote HEIF.
  private static func stillPicture(brands: [String]) -> UndecodedFormat? {
    brands.lazy.compactMap { stillPictures[$0] }.first
      ?? (brands.contains(where: heif.contains) ? .heif("HEIF") : nil)
  }

  private static let stillPictures: [String: UndecodedFormat] = [
    "heic": .heif("HEIC"), "heix": .heif("HEIC"), "heim": .heif("HEIC"), "heis": .heif("HEIC"),
    "hevc": .heif("HEIC"), "hevx": .heif("HEIC"), "hevm": .heif("HEIC"), "hevs": .heif("HEIC"),
    "avif": .heif("AVIF"), "avis": .heif("AVIF"), "avio": .heif("AVIF"),
    "crx ": .raw("CR3"), "jp2 ": .jpeg2000, "jpx ": .jpeg2000, "jxl ": .jpegXL,
  ]

  private static let heif: Set<String> = [
    "mif1", "mif2", "mif3", "msf1", "miaf", "avci", "avcs", "vvic", "vvis", "evbi", "evbs", "jpeg", "jpgs", "j2ki",
    "j2is",
    "MiHB", "MiHE", "1pic",
  ]

  private static func letters(_ bytes: [UInt8], at offset: Int) -> String {
    String(decoding: bytes.dropFirst(offset).prefix(4), as: UTF8.self)
  }
}
