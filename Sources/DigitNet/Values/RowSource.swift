/// A picture whose rows can be read from top to bottom, as often as need be, without being in memory as a whole.
public protocol RowSource {
  /// Why its rows can't be read.
  associatedtype Failure: Error

  /// The picture's size.
  var size: ImageSize { get }

  /// Gives each row in turn, from the top: red, green, blue of each pixel. A row is valid during the call alone.
  func forEachRow(_ body: (_ row: UnsafeBufferPointer<UInt8>) -> Void) throws(Failure)
}

extension Image: RowSource {
  /// Gives each row in turn, from the top.
  public func forEachRow(_ body: (_ row: UnsafeBufferPointer<UInt8>) -> Void) {
    let step = width * Image.channels
    pixels.withUnsafeBufferPointer { pixels in
      for y in 0..<height { body(UnsafeBufferPointer(rebasing: pixels[(y * step)..<((y + 1) * step)])) }
    }
  }
}
