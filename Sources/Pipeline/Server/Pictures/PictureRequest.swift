import DigitNet

/// A picture, or a part of it, in a size.
struct PictureRequest: Sendable, Hashable {
  /// SHA-256 of the picture's bytes.
  let sha256: String
  /// The part that is asked for, in pixels of the upright picture; nil for all of it.
  let part: Box?
  /// Pixels of the longer side, at most.
  let side: Int

  /// A request from its parts.
  init(sha256: String, part: Box? = nil, side: Int) { (self.sha256, self.part, self.side) = (sha256, part, side) }

  /// What an address asks for: `?side=1024&part=left,top,width,height`.
  init(sha256: String, query: WebForm) throws(WebError) {
    var part: Box?
    if let text = query["part"] {
      part = Box(text: text)
      if part == nil { throw .invalid("part", "it takes left,top,width,height in pixels") }
    }
    var side = 1_024
    if let text = query["side"] {
      guard let number = Int(text), PictureDesk.sides.contains(number) else {
        throw .invalid("side", "it takes a number of pixels from 16 to 4096")
      }
      side = number
    }
    self.init(sha256: sha256, part: part, side: side)
  }

  /// Its address on this site.
  var address: String { "/images/\(sha256).jpg?side=\(side)" + (part.map { "&part=\($0.address)" } ?? "") }
}

extension Box {
  /// A box from `left,top,width,height`; nil where it is none.
  init?(text: String) {
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 4, let left = numbers[0], let top = numbers[1], let width = numbers[2],
      let height = numbers[3],
      [left, top].allSatisfy({ 0...1_000_000 ~= $0 }), [width, height].allSatisfy({ 1...1_000_000 ~= $0 })
    else { return nil }
    self.init(left: left, top: top, width: width, height: height)
  }

  /// As `init(text:)` reads it.
  var address: String { "\(left),\(top),\(width),\(height)" }
}
