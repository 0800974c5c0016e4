import CDigitKernels

/// A ring buffer of the last rows of one value, with zero padding on the left and right, and one row of zeros for
/// padding above and below.
///
/// A view of memory that ``RowMemory`` owns; copying it counts no references.
struct RowRing {
  /// Bytes per pixel: the number of channels, including padding.
  let channels: Int
  /// The address of column 0 in the first row of the buffer.
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

  /// A pixel of row `y`, which is stored at `y` modulo the capacity.
  func pixel(_ x: Int, row y: Int) -> UnsafeMutablePointer<UInt8> { base + (y % capacity) * rowBytes + x * channels }

  /// A pixel of the row of zeros, for a `y` outside the map.
  func zeros(_ x: Int) -> UnsafeMutablePointer<UInt8> { base + capacity * rowBytes + x * channels }
}

/// The memory of an engine's ring buffers for one region, filled with zeros.
final class RowMemory {
  /// One ring buffer for each value that is kept.
  let rings: [RowRing]
  private let memory: UnsafeMutablePointer<UInt8>

  /// `held` is the range of columns that each value's ring buffer holds.
  ///
  /// Some pixels follow the last ring buffer, because the Winograd kernels read whole tiles, past the end of a row.
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
