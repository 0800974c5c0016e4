import Foundation
import StreetCore

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
    return Array(buffer[..<(try read(at: offset, into: buffer))])
  }

  /// Where `pattern` comes first from `offset` on; nil where it doesn't.
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

  /// Fills `target`, but for what the end leaves out; returns how many bytes that are.
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
