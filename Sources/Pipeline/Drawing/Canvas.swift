import DigitNet

/// A picture to draw on, with antialiasing.
struct Canvas {
  /// The result.
  private(set) var image: Image
  let lettering: Lettering

  /// Draws on an existing picture; nil if memory is short.
  init?(_ image: Image) {
    guard let lettering = Lettering() else { return nil }
    (self.image, self.lettering) = (image, lettering)
  }

  /// Draws on a new picture of one colour.
  init?(width: Int, height: Int, _ colour: Colour) {
    let pixel = [colour.red, colour.green, colour.blue]
    self.init(
      Image(width: width, height: height, pixels: (0..<width * height).flatMap { _ in pixel }))
  }

  var frame: Rectangle {
    Rectangle(left: 0, top: 0, width: Double(image.width), height: Double(image.height))
  }

  /// Fills a rectangle with rounded corners.
  mutating func fill(_ rectangle: Rectangle, _ colour: Colour, opacity: Double = 1, radius: Double = 0) {
    paint(around: rectangle, colour, opacity) {
      0.5 - $0
    } distance: { x, y in
      Canvas.distance(x, y, rectangle, radius)
    }
  }

  /// Draws the outline of a rectangle, centred on its edges.
  mutating func stroke(
    _ rectangle: Rectangle, _ colour: Colour, width: Double, opacity: Double = 1, radius: Double = 0
  ) {
    let inner = rectangle.grown(by: -width / 2 - 1)
    paint(around: rectangle.grown(by: width / 2), colour, opacity, except: inner) {
      0.5 + width / 2 - abs($0)
    } distance: {
      Canvas.distance($0, $1, rectangle, radius)
    }
  }

  /// Writes a text whose baseline begins at a point; glyphs are clipped to the picture.
  mutating func write(_ text: String, left: Double, baseline: Double, size: Double, _ colour: Colour) {
    var x = left
    for glyph in lettering.glyphs(of: text, size: size, at: left) {
      let (column, row) = (Int(x.rounded(.down)) + glyph.left, Int(baseline.rounded()) - glyph.top)
      for y in 0..<glyph.rows {
        for place in 0..<glyph.columns {
          let coverage = glyph.coverage[y * glyph.columns + place]
          if coverage > 0 { blend(column + place, row + y, colour, Double(coverage) / 255) }
        }
      }
      x += glyph.advance
    }
  }

  /// Copies another picture onto this one, clipped to its edges.
  mutating func place(_ other: Image, left: Int, top: Int) {
    for y in max(0, -top)..<max(max(0, -top), min(other.height, image.height - top)) {
      for x in max(0, -left)..<max(max(0, -left), min(other.width, image.width - left)) {
        let (from, to) = (Image.channels * (y * other.width + x), index(left + x, top + y))
        for channel in 0..<Image.channels { image.pixels[to + channel] = other.pixels[from + channel] }
      }
    }
  }

  /// Replaces the value of each pixel.
  mutating func change(_ body: (_ x: Int, _ y: Int, _ pixel: SIMD3<Double>) -> SIMD3<Double>) {
    for y in 0..<image.height {
      for x in 0..<image.width {
        let first = index(x, y)
        let pixel = SIMD3(
          Double(image.pixels[first]), Double(image.pixels[first + 1]), Double(image.pixels[first + 2]))
        let changed = body(x, y, pixel)
        for channel in 0..<Image.channels {
          image.pixels[first + channel] = UInt8(min(max(changed[channel], 0), 255).rounded())
        }
      }
    }
  }

  private func index(_ x: Int, _ y: Int) -> Int { Image.channels * (y * image.width + x) }

  /// Blends a colour where `coverage` of the distance from an edge is above 0; nothing is painted inside `hole`.
  private mutating func paint(
    around rectangle: Rectangle, _ colour: Colour, _ opacity: Double, except hole: Rectangle? = nil,
    coverage: (Double) -> Double, distance: (Double, Double) -> Double
  ) {
    func whole(_ from: Double, _ to: Double, _ most: Int) -> Range<Int> {
      let first = min(max(Int(from.rounded(.down)) - 1, 0), most)
      return first..<max(first, min(Int(to.rounded(.up)) + 1, most))
    }
    let columns = whole(rectangle.left, rectangle.right, image.width)
    for y in whole(rectangle.top, rectangle.bottom, image.height) {
      let middle = Double(y) + 0.5
      let isBeside = hole.map { middle > $0.top && middle < $0.bottom } ?? false
      var x = columns.lowerBound
      while x < columns.upperBound {
        let centre = Double(x) + 0.5
        if isBeside, let hole, centre > hole.left, centre < hole.right {
          x = max(x + 1, Int(hole.right.rounded(.down)))
          continue
        }
        let share = min(max(coverage(distance(centre, middle)), 0), 1)
        if share > 0 { blend(x, y, colour, share * opacity) }
        x += 1
      }
    }
  }

  private mutating func blend(_ x: Int, _ y: Int, _ colour: Colour, _ share: Double) {
    guard (0..<image.width).contains(x), (0..<image.height).contains(y) else { return }
    let first = index(x, y)
    for (channel, value) in [colour.red, colour.green, colour.blue].enumerated() {
      let old = Double(image.pixels[first + channel])
      image.pixels[first + channel] = UInt8((old + (Double(value) - old) * share).rounded())
    }
  }

  /// The distance of a point from a rectangle with rounded corners; negative inside.
  private static func distance(_ x: Double, _ y: Double, _ rectangle: Rectangle, _ radius: Double) -> Double {
    let radius = min(radius, rectangle.width / 2, rectangle.height / 2)
    let across = abs(x - rectangle.left - rectangle.width / 2) - rectangle.width / 2 + radius
    let down = abs(y - rectangle.top - rectangle.height / 2) - rectangle.height / 2 + radius
    let (outX, outY) = (max(across, 0), max(down, 0))
    return (outX * outX + outY * outY).squareRoot() + min(max(across, down), 0) - radius
  }
}
