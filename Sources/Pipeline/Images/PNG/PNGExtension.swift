import StreetCore

/// PNG files that are sound but need more than the standard's decoder.
enum PNGExtension {
  private static let standardChunks: Set<String> = ["IHDR", "PLTE", "IDAT", "IEND"]

  /// Why a decoder that knows the standard alone fails at the file; nil where it needs nothing more.
  static func unsupported(in bytes: [UInt8]) -> ImageError? {
    for chunk in PNGChunks(bytes) where chunk.isSound {
      switch chunk.type {
      case "IDAT": return nil
      case "CgBI":
        return .unsupported(
          .png, "Apple's CgBI form, which iOS programs hold",
          wayOut: "convert it with `pngcrush -revert-iphone-optimizations`, or open and save it on a Mac")
      case "IHDR" where chunk.data.count == 13 && chunk.data.suffix(3).first != 0:
        return .unsupported(.png, "an unknown compression method")
      case "IHDR" where chunk.data.count == 13 && chunk.data.suffix(2).first != 0:
        return .unsupported(.png, "an unknown filter method")
      case "IHDR" where chunk.data.count == 13 && chunk.data.suffix(1).first.map { $0 > 1 } ?? false:
        return .unsupported(.png, "an unknown interlace method")
      case let type where chunk.isCritical && !standardChunks.contains(type) && isName(type):
        return .unsupported(.png, "it needs the extension \(type)")
      default: continue
      }
    }
    return nil
  }

  /// Whether it is four ASCII letters, as the standard wants.
  private static func isName(_ type: String) -> Bool {
    type.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0 & ~0x20) }
  }
}
