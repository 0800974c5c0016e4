extension Orientation {
  /// The `tiff:Orientation` of an XMP packet, as an attribute or as an element; nil where there is none that is 1 to 8.
  ///
  /// The packet need not be sound XML: the property is searched for. Costs two passes over the packet at most.
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

/// An XMP packet in which properties of the TIFF namespace are searched for.
private struct XMPText {
  /// A property's first mention.
  struct Place {
    /// Behind its name.
    package var end: Int
    /// Whether it is an element, not an attribute.
    var isElement: Bool
  }

  private static let namespace = Array("http://ns.adobe.com/tiff/1.0/".utf8)
  private static let usualPrefix = Array("tiff".utf8)
  /// How far a prefix, or a tag behind its name, is followed: hostile text may have neither's end.
  private static let longestPrefix = 32
  private static let longestTag = 1024

  private let bytes: ArraySlice<UInt8>

  init(_ packet: ArraySlice<UInt8>) {
    // UTF-16 and UTF-32 become ASCII without their zeros, which is enough here.
    bytes = packet.contains(0) ? ArraySlice(packet.filter { $0 != 0 }) : packet
  }

  /// Where properties of this name begin, in either namespace prefix: the usual one, and the one that the packet declares.
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

  /// The prefix that the packet's first mention of TIFF's namespace is declared with; empty where there is none.
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

  /// The name that ends in front of `index`.
  private func prefix(endingAt index: Int) -> [UInt8] {
    let before = bytes[..<index].suffix(Self.longestPrefix)
    return before.reversed().prefix { !Self.isSpace($0) && !"<>/\"'=:".utf8.contains($0) }.reversed()
  }

  private static func isSpace(_ byte: UInt8) -> Bool { " \t\r\n".utf8.contains(byte) }
}
