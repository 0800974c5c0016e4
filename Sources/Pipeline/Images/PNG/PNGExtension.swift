import StreetCore

/// Detects intact PNG files that use extensions of the standard.
enum PNGExtension {
  private static let standardChunks: Set<String> = ["IHDR", "PLTE", "IDAT", "IEND"]

  /// Why a decoder of the standard fails for the file; nil if it uses no extension.
  static func unsupported(in bytes: [UInt8]) -> ImageError? {
    for chunk in PNGChunks(bytes) where chunk.isSound {
      switch chunk.type {
      case "IDAT": return nil
      case "CgBI":
        return .unsupported(
          .png, "Apple's CgBI variant, used in iOS apps",
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

  /// Whether a type consists of four ASCII letters, as the standard requires.
  private static func isName(_ type: String) -> Bool {
    type.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0 & ~0x20) }
  }
}
