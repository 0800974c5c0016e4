/// A picture whose rows can be read from top to bottom, repeatedly, without loading it as a whole.
public protocol RowSource {
  /// The error if the rows can't be read.
  associatedtype Failure: Error

  /// The picture's size.
  var size: ImageSize { get }

  /// Passes each row in turn to `body`, from the top: red, green and blue of each pixel. A row is valid only during the
  /// call.
  func forEachRow(_ body: (_ row: UnsafeBufferPointer<UInt8>) -> Void) throws(Failure)
}

extension Image: RowSource {
  /// Passes each row in turn to `body`, from the top.
  public func forEachRow(_ body: (_ row: UnsafeBufferPointer<UInt8>) -> Void) {
    let step = width * Image.channels
    pixels.withUnsafeBufferPointer { pixels in
      for y in 0..<height { body(UnsafeBufferPointer(rebasing: pixels[(y * step)..<((y + 1) * step)])) }
    }
  }
}
