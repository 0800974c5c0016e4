import CDigitKernels

/// The last few rows of one value's part, with zeros to their left and right, and a row of zeros for above and below.
///
/// A view of memory that ``RowMemory`` owns; copying it counts no references.
struct RowRing {
  /// Bytes of a pixel: channels, padded.
  let channels: Int
  /// Where column 0 would lie in the first row.
  private let base: UnsafeMutablePointer<UInt8>
  private let rowBytes: Int
  private let capacity: Int

  fileprivate init(
    columns: Range<Int>, channels: Int, padding: Int, capacity: Int, memory: UnsafeMutablePointer<UInt8>
  ) {
    self.channels = channels
    self.capacity = capacity
    rowBytes = (columns.count + 2 * padding) * channels
    base = memory + (padding - columns.lowerBound) * channels
  }

  /// A pixel of row `y`, in the place that the row takes in the ring.
  func pixel(_ x: Int, row y: Int) -> UnsafeMutablePointer<UInt8> { base + (y % capacity) * rowBytes + x * channels }

  /// The same of a row of zeros, for `y` outside the map.
  func zeros(_ x: Int) -> UnsafeMutablePointer<UInt8> { base + capacity * rowBytes + x * channels }
}

/// The memory of an engine's rings over a part of a picture, all zeros at first.
final class RowMemory {
  /// One ring for each value that is kept.
  let rings: [RowRing]
  private let memory: UnsafeMutablePointer<UInt8>

  /// `held` are the columns of each value that its ring holds.
  ///
  /// The last ring is followed by some more pixels: the Winograd kernels read whole tiles, whatever lies beyond a row.
  init(_ engine: Engine, held: [Range<Int>]) {
    let sizes = held.enumerated().map { value, columns in
      (columns.count + 2 * engine.padding[value]) * engine.channels[value] * (engine.capacity[value] + 1)
    }
    let count = sizes.reduce(0, +) + DIGIT_WINOGRAD_SIDE * (engine.channels.max() ?? 0)
    memory = .allocate(capacity: count)
    memory.initialize(repeating: 0, count: count)
    var next = memory
    rings = held.enumerated().map { value, columns in
      defer { next += sizes[value] }
      return RowRing(
        columns: columns, channels: engine.channels[value], padding: engine.padding[value],
        capacity: engine.capacity[value], memory: next)
    }
  }

  deinit { memory.deallocate() }
}
