import DigitNet

/// A request for a picture, or a part of it, in a size.
struct PictureRequest: Sendable, Hashable {
  /// The SHA-256 of the picture's bytes.
  let sha256: String
  /// The part in pixels of the upright picture; nil for the whole picture.
  let part: Box?
  /// The maximum length of the longer side in pixels.
  let side: Int

  /// A request from its parts.
  init(sha256: String, part: Box? = nil, side: Int) { (self.sha256, self.part, self.side) = (sha256, part, side) }

  /// The request in an address: `?side=1024&part=left,top,width,height`.
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

  /// The address on this site.
  var address: String { "/images/\(sha256).jpg?side=\(side)" + (part.map { "&part=\($0.address)" } ?? "") }
}

extension Box {
  /// A box from `left,top,width,height`; nil if the text is malformed.
  init?(text: String) {
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 4, let left = numbers[0], let top = numbers[1], let width = numbers[2],
      let height = numbers[3],
      [left, top].allSatisfy({ 0...1_000_000 ~= $0 }), [width, height].allSatisfy({ 1...1_000_000 ~= $0 })
    else { return nil }
    self.init(left: left, top: top, width: width, height: height)
  }

  /// The box in the form that `init(text:)` reads.
  var address: String { "\(left),\(top),\(width),\(height)" }
}
