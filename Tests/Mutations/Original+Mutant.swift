/// How an original is damaged.
private enum Damage: CaseIterable {
  /// One bit is another.
  case bit
  /// Up to one byte in a hundred is another.
  case bytes
  /// The end is missing.
  case cut
  /// A piece of some original stands in the place of another piece, maybe an empty one.
  case splice
  /// The same, in blocks as tar has them.
  case blocks
}

extension Original {
  private static let blockBytes = 512

  /// The original, damaged once or twice.
  func mutant(amid originals: [Original], using random: inout some RandomNumberGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0...Int.random(in: 0...1, using: &random) where !bytes.isEmpty {
      switch Damage.allCases.randomElement(using: &random) ?? .bit {
      case .bit: bytes[.random(in: bytes.indices, using: &random)] ^= 1 << Int.random(in: 0..<8, using: &random)
      case .bytes:
        for _ in 0...Int.random(in: 0...bytes.count / 100, using: &random) {
          bytes[.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
        }
      case .cut: bytes.removeLast(.random(in: 1...bytes.count, using: &random))
      case .splice:
        let other = originals.randomElement(using: &random)?.bytes ?? bytes
        let piece = other[Original.piece(of: other, using: &random)]
        bytes.replaceSubrange(Original.piece(of: bytes, using: &random), with: piece)
      case .blocks:
        let piece = bytes[Original.piece(of: bytes, unit: Original.blockBytes, using: &random)]
        bytes.replaceSubrange(Original.piece(of: bytes, unit: Original.blockBytes, using: &random), with: piece)
      }
    }
    return bytes
  }

  private static func piece(
    of bytes: [UInt8], unit: Int = 1, using random: inout some RandomNumberGenerator
  ) -> Range<Int> {
    let ends = (0..<2).map { _ in unit * Int.random(in: 0...bytes.count / unit, using: &random) }.sorted()
    return ends[0]..<ends[1]
  }
}
