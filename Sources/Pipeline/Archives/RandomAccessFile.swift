import Foundation
import StreetCore

/// A file with random access.
final class RandomAccessFile {
  private let descriptor: Int32

  /// Opens a file for reading.
  init(path: String) throws(FileError) {
    descriptor = try uninterrupted { open(path, O_RDONLY | O_CLOEXEC) }
  }

  deinit { close(descriptor) }

  /// Reads `count` bytes, or fewer at the end of the file.
  func read(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
    defer { buffer.deallocate() }
    return Array(buffer[..<(try read(at: offset, into: buffer))])
  }

  /// The first position of `pattern` at or after `offset`; nil if there is none.
  func firstPlace(of pattern: [UInt8], from offset: Int) throws(FileError) -> Int? {
    var offset = offset
    while true {
      let bytes = try read(at: offset, count: 1 << 16)
      guard bytes.count >= pattern.count else { return nil }
      let places = 0...bytes.count - pattern.count
      if let place = places.first(where: { bytes[$0..<$0 + pattern.count].elementsEqual(pattern) }) {
        return offset + place
      }
      offset += places.count
    }
  }

  /// Fills `target` as far as the file reaches; returns the number of bytes read.
  func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    var filled = 0
    while filled < target.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: target[filled...])
      let part = try uninterrupted { pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled)) }
      if part == 0 { break }
      filled += part
    }
    return filled
  }
}
