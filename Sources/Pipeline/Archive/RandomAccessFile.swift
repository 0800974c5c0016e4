import Foundation

/// A file that is read here and there.
final class RandomAccessFile {
  private let descriptor: Int32

  /// Opens for reading.
  init(path: String) throws(FileError) {
    descriptor = try uninterrupted { open(path, O_RDONLY | O_CLOEXEC) }
  }

  deinit { close(descriptor) }

  /// Reads `count` bytes, or fewer at the end.
  func read(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
    defer { buffer.deallocate() }
    var filled = 0
    while filled < count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let part = try uninterrupted { pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled)) }
      if part == 0 { break }
      filled += part
    }
    return Array(buffer[..<filled])
  }
}
