/// An axis-parallel rectangle in whole pixels of the upright picture.
public struct Box: Sendable, Hashable, Comparable, Codable {
  /// Pixels from the picture's left side to the box's.
  public var left: Int
  /// Pixels from the picture's top to the box's.
  public var top: Int
  /// Width in pixels, at least 1.
  public var width: Int
  /// Height in pixels, at least 1.
  public var height: Int

  /// A box from its corner and size.
  public init(left: Int, top: Int, width: Int, height: Int) {
    self.left = left
    self.top = top
    self.width = width
    self.height = height
  }

  /// The first column to the right of the box.
  public var right: Int { left + width }
  /// The first row below the box.
  public var bottom: Int { top + height }
  /// The area in pixels.
  public var area: Int { width * height }

  /// The area of the intersection with another box, in pixels.
  public func intersection(_ other: Box) -> Int {
    let w = min(right, other.right) - max(left, other.left)
    let h = min(bottom, other.bottom) - max(top, other.top)
    return max(w, 0) * max(h, 0)
  }

  /// The smallest box that contains both.
  public func union(_ other: Box) -> Box {
    let (l, t) = (min(left, other.left), min(top, other.top))
    return Box(
      left: l, top: t, width: max(right, other.right) - l, height: max(bottom, other.bottom) - t)
  }

  /// The smallest box that contains all of one or more boxes.
  public init(around boxes: [Box]) {
    precondition(!boxes.isEmpty)
    self = boxes.dropFirst().reduce(boxes[0]) { $0.union($1) }
  }

  /// Orders by left, top, width, height, so that output is reproducible.
  public static func < (a: Box, b: Box) -> Bool {
    (a.left, a.top, a.width, a.height) < (b.left, b.top, b.width, b.height)
  }
}
