/// The last few rows of one layer's output, with zeros to their left and right, and a row of zeros for above and below.
final class RowRing {
  /// Bytes of a pixel: channels, padded.
  let channels: Int
  private let memory: UnsafeMutablePointer<UInt8>
  private let base: UnsafeMutablePointer<UInt8>
  private let rowBytes: Int
  private let capacity: Int

  init(width: Int, channels: Int, padding: Int, capacity: Int) {
    self.channels = channels
    self.capacity = capacity
    rowBytes = (width + 2 * padding) * channels
    let count = rowBytes * (capacity + 1)
    memory = UnsafeMutablePointer<UInt8>.allocate(capacity: count)
    memory.initialize(repeating: 0, count: count)
    base = memory + padding * channels
  }

  deinit { memory.deallocate() }

  /// The first pixel of row `y`, in the place that it takes in the ring.
  func row(_ y: Int) -> UnsafeMutablePointer<UInt8> { base + (y % capacity) * rowBytes }

  /// A row of zeros, for `y` outside the map.
  var zeros: UnsafeMutablePointer<UInt8> { base + capacity * rowBytes }
}
