import DigitNet

extension Chain {
  /// A digit of a text takes over the box of a detected digit whose centre is nearer than this, in digit heights.
  private static let sameDigit = 0.3

  /// The digits of a text that the recogniser read. If the text is as long as the chain, its digits have the chain's
  /// boxes; otherwise each digit has the box of the nearest detected digit or, without one, a box at the recogniser's
  /// position.
  func digits(
    reading text: [Int], probability: Double, in transcript: Transcript, of picture: ImageSize
  ) -> [Digit] {
    let score = Int((probability * Double(Sigmoid.one)).rounded(.toNearestOrEven))
    if text.count == digits.count {
      return zip(digits, text).map { old, value in
        old.value == value ? old : Digit(value: value, score: score, box: old.box)
      }
    }
    let width = digits.map(\.box.width).reduce(0, +) / digits.count
    var unused = digits
    return zip(text, transcript.places(of: text)).map { value, place in
      func distance(_ digit: Digit) -> Double {
        let (x, y) = digit.box.middle
        return max(abs(Double(x) / 2 - place.x), abs(Double(y) / 2 - place.y))
      }
      if let near = unused.indices.min(by: { distance(unused[$0]) < distance(unused[$1]) }),
        distance(unused[near]) < Chain.sameDigit * height
      {
        let old = unused.remove(at: near)
        return Digit(value: value, score: old.value == value ? old.score : score, box: old.box)
      }
      let size = (Double(max(width, 1)), height)
      return Digit(value: value, score: score, box: Chain.box(around: place, size: size, in: picture))
    }
  }

  /// A box of the given size around a point, clipped to the picture; at least one pixel wide and high.
  private static func box(around place: (x: Double, y: Double), size: (Double, Double), in picture: ImageSize) -> Box {
    func side(_ middle: Double, _ size: Double, _ length: Int) -> (Int, Int) {
      let low = min(max(Int((middle - size / 2).rounded()), 0), length - 1)
      return (low, min(max(Int((middle + size / 2).rounded()), low + 1), length))
    }
    let (left, right) = side(place.x, size.0, picture.width)
    let (top, bottom) = side(place.y, size.1, picture.height)
    return Box(left: left, top: top, width: right - left, height: bottom - top)
  }
}
