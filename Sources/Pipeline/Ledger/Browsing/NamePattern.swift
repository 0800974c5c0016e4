import Foundation

/// A pattern with `*` for any text and `?` for any one character, for names as UTF-8 in form C: what GLOB of `Store.glob` matches.
struct NamePattern {
  private enum Token: Equatable {
    case anyText
    case anyCharacter
    case byte(UInt8)
  }

  private let tokens: [Token]
  /// The longest text without `*` and `?` in it: a name that lacks it does not match.
  private let literal: [UInt8]

  init(_ pattern: String) {
    let bytes = Array(pattern.precomposedStringWithCanonicalMapping.utf8)
    tokens = bytes.map { $0 == UInt8(ascii: "*") ? .anyText : $0 == UInt8(ascii: "?") ? .anyCharacter : .byte($0) }
    let runs = bytes.split { [UInt8(ascii: "*"), UInt8(ascii: "?")].contains($0) }
    literal = runs.max { $0.count < $1.count }.map(Array.init) ?? []
  }

  /// Whether a whole name matches.
  func matches(_ name: ArraySlice<UInt8>) -> Bool {
    guard hasLiteral(name) else { return false }
    var (token, byte) = (0, name.startIndex)
    // Where to go on from when what follows the last `*` does not match.
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

  /// Behind the character that begins at a byte.
  private static func next(_ byte: Int, _ name: ArraySlice<UInt8>) -> Int {
    var next = byte + 1
    while next < name.endIndex, name[next] & 0xC0 == 0x80 { next += 1 }
    return next
  }

  private func hasLiteral(_ name: ArraySlice<UInt8>) -> Bool {
    guard let last = literal.last else { return true }
    guard name.count >= literal.count else { return false }
    var end = name.startIndex + literal.count - 1
    while end < name.endIndex {
      if name[end] == last, name[(end - literal.count + 1)...end].elementsEqual(literal) { return true }
      end += 1
    }
    return false
  }
}
