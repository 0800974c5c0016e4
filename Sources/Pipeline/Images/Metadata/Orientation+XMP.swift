extension Orientation {
  /// The `tiff:Orientation` of an XMP packet, as an attribute or an element; nil if there is none from 1 to 8.
  ///
  /// The packet need not be well-formed XML, because the text is searched for the property. Costs at most two passes
  /// over the packet.
  init?(xmp packet: ArraySlice<UInt8>) {
    let text = XMPText(packet)
    for place in text.properties(named: "Orientation") {
      guard let orientation = text.integer(of: place).flatMap(Orientation.init(rawValue:)) else { continue }
      self = orientation
      return
    }
    return nil
  }
}

/// An XMP packet that is searched for properties of the TIFF namespace.
private struct XMPText {
  /// An occurrence of a property.
  struct Place {
    /// The position after its name.
    package var end: Int
    /// Whether it is an element rather than an attribute.
    var isElement: Bool
  }

  private static let namespace = Array("http://ns.adobe.com/tiff/1.0/".utf8)
  private static let usualPrefix = Array("tiff".utf8)
  /// The maximum length of a prefix, and of a tag after its name, because hostile text may not end either.
  private static let longestPrefix = 32
  private static let longestTag = 1024

  private let bytes: ArraySlice<UInt8>

  init(_ packet: ArraySlice<UInt8>) {
    // Without its zero bytes, UTF-16 or UTF-32 text becomes ASCII, which suffices here.
    bytes = packet.contains(0) ? ArraySlice(packet.filter { $0 != 0 }) : packet
  }

  /// The occurrences of a property with either prefix: the usual one, or the one declared in the packet.
  func properties(named name: String) -> [Place] {
    let name = Array(name.utf8)
    var places: [Place] = []
    var declared: [UInt8]?
    var rest = bytes
    while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
      rest = rest[(colon + 1)...]
      guard rest.starts(with: name) else { continue }
      let prefix = self.prefix(endingAt: colon)
      let start = colon - prefix.count
      guard start > bytes.startIndex, bytes[start - 1] == UInt8(ascii: "<") || Self.isSpace(bytes[start - 1]) else {
        continue
      }
      if prefix != Self.usualPrefix {
        declared = declared ?? declaredPrefix()
        guard prefix == declared else { continue }
      }
      places.append(Place(end: colon + 1 + name.count, isElement: bytes[start - 1] == UInt8(ascii: "<")))
    }
    return places
  }

  /// The number in an attribute's quotes, or between an element's tags.
  func integer(of place: Place) -> Int? {
    var rest = bytes[place.end...]
    if place.isElement {
      guard let next = rest.first, next == UInt8(ascii: ">") || Self.isSpace(next),
        let end = rest.prefix(Self.longestTag).firstIndex(of: UInt8(ascii: ">"))
      else { return nil }
      rest = rest[(end + 1)...]
    } else {
      rest = rest.drop(while: Self.isSpace)
      guard rest.popFirst() == UInt8(ascii: "=") else { return nil }
      rest = rest.drop(while: Self.isSpace)
      guard let quote = rest.popFirst(), "\"'".utf8.contains(quote) else { return nil }
    }
    rest = rest.drop(while: Self.isSpace)
    let digits = rest.prefix(4).prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  /// The prefix in the packet's first declaration of the TIFF namespace; empty if there is none.
  private func declaredPrefix() -> [UInt8] {
    var rest = bytes
    while let letter = rest.firstIndex(of: UInt8(ascii: "h")) {
      rest = rest[letter...]
      if rest.starts(with: Self.namespace) {
        let before = bytes[..<letter].dropLast()
        guard let equals = before.last, equals == UInt8(ascii: "=") else { return [] }
        return prefix(endingAt: before.endIndex - 1)
      }
      rest = rest.dropFirst()
    }
    return []
  }

  /// The name that ends before `index`.
  private func prefix(endingAt index: Int) -> [UInt8] {
    let before = bytes[..<index].suffix(Self.longestPrefix)
    return before.reversed().prefix { !Self.isSpace($0) && !"<>/\"'=:".utf8.contains($0) }.reversed()
  }

  private static func isSpace(_ byte: UInt8) -> Bool { " \t\r\n".utf8.contains(byte) }
}
