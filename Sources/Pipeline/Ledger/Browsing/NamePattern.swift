import Foundation

/// A pattern for names in UTF-8 and normalisation form C, with `*` for any text and `?` for any character. It matches
/// exactly what GLOB with `Store.glob` matches.
struct NamePattern {
  private enum Token: Equatable {
    case anyText
    case anyCharacter
    case byte(UInt8)
  }

  private let tokens: [Token]
  /// The longest part without wildcards; a name without it can't match.
  private let literal: [UInt8]
  /// For each byte, how far a search for `literal` can skip (Horspool 1980, https://doi.org/10.1002/spe.4380100608).
  private let shifts: [Int]

  init(_ pattern: String) {
    let bytes = Array(pattern.precomposedStringWithCanonicalMapping.utf8)
    tokens = bytes.map { $0 == UInt8(ascii: "*") ? .anyText : $0 == UInt8(ascii: "?") ? .anyCharacter : .byte($0) }
    let runs = bytes.split { [UInt8(ascii: "*"), UInt8(ascii: "?")].contains($0) }
    let literal = runs.max { $0.count < $1.count }.map(Array.init) ?? []
    var shifts = Array(repeating: literal.count, count: 256)
    for (index, byte) in literal.dropLast().enumerated() { shifts[Int(byte)] = literal.count - 1 - index }
    (self.literal, self.shifts) = (literal, shifts)
  }

  /// Whether the pattern matches the whole name.
  func matches(_ name: ArraySlice<UInt8>) -> Bool {
    guard hasLiteral(name) else { return false }
    var (token, byte) = (0, name.startIndex)
    // The position to resume from if the part after the last `*` does not match.
    var retry: (token: Int, byte: Int)?
    while byte < name.endIndex {
      if token < tokens.count, tokens[token] == .anyText {
        retry = (token + 1, byte)
        token += 1
      } else if token < tokens.count, tokens[token] == .byte(name[byte]) {
        (token, byte) = (token + 1, byte + 1)
      } else if token < tokens.count, tokens[token] == .anyCharacter {
        (token, byte) = (token + 1, Self.next(byte, name))
      } else if let (next, begin) = retry {
        let later = Self.next(begin, name)
        retry = (next, later)
        (token, byte) = (next, later)
      } else {
        return false
      }
    }
    return tokens[token...].allSatisfy { $0 == .anyText }
  }

  /// The position after the character that begins at a byte.
  private static func next(_ byte: Int, _ name: ArraySlice<UInt8>) -> Int {
    var next = byte + 1
    while next < name.endIndex, name[next] & 0xC0 == 0x80 { next += 1 }
    return next
  }

  private func hasLiteral(_ name: ArraySlice<UInt8>) -> Bool {
    let last = literal.count - 1
    guard last >= 0 else { return true }
    var end = name.startIndex + last
    while end < name.endIndex {
      var back = 0
      while back <= last, name[end - back] == literal[last - back] { back += 1 }
      if back > last { return true }
      end += shifts[Int(name[end])]
    }
    return false
  }
}
