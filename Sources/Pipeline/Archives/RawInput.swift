import Crypto
import Foundation
import StreetCore

/// The raw bytes of a file, or of standard input, which can be read only once.
///
/// Use it on the reader's thread only.
final class RawInput {
  private let descriptor: Int32
  /// The file's size; nil for standard input.
  private let size: Int?
  /// The hash of all bytes read, for input that can't be hashed in advance.
  private var hash: SHA256?
  /// Bytes that were peeked at and not yet read.
  private var ahead: ArraySlice<UInt8> = []
  /// The number of bytes read.
  private(set) var byteCount = 0

  /// Reads standard input and hashes it.
  init() {
    (descriptor, size, hash) = (STDIN_FILENO, nil, SHA256())
  }

  /// Reads a file from its first byte.
  init(path: String, size: Int) throws(FileError) {
    descriptor = try uninterrupted { open(path, O_RDONLY | O_CLOEXEC) }
    self.size = size
  }

  deinit {
    if size != nil { close(descriptor) }
  }

  /// Returns the first bytes, at most `count`, without consuming them.
  func peek(_ count: Int) throws(FileError) -> ArraySlice<UInt8> {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
    defer { buffer.deallocate() }
    var filled = 0
    while filled < count {
      let part = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      if part == 0 { break }
      filled += part
    }
    ahead = Array(buffer[..<filled])[...]
    byteCount -= filled
    return ahead
  }

  /// Reads the next bytes, as many as are available at once, and returns their number; 0 at the end.
  func read(into target: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    guard ahead.isEmpty else {
      let part = ahead.prefix(target.count)
      target.copyBytes(from: part)
      ahead.removeFirst(part.count)
      byteCount += part.count
      return part.count
    }
    let count = try uninterrupted { Foundation.read(descriptor, target.baseAddress, target.count) }
    hash?.update(bufferPointer: UnsafeRawBufferPointer(rebasing: target[..<count]))
    byteCount += count
    return count
  }

  /// Skips bytes of a file without reading them, up to its end; returns how many were skipped.
  func skip(_ count: Int) -> Int {
    guard let size, ahead.isEmpty, count > 0 else { return 0 }
    let count = min(count, size - byteCount)
    guard count > 0, lseek(descriptor, off_t(count), SEEK_CUR) >= 0 else { return 0 }
    byteCount += count
    return count
  }

  /// Reads the rest of standard input and returns the hash and size of all of it; nil for a file.
  package func end() throws(FileError) -> SourceContent? {
    guard hash != nil else { return nil }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { block.deallocate() }
    while try read(into: block) > 0 {}
    return hash.map { SourceContent(sha256: hexadecimal($0.finalize()), byteCount: byteCount) }
  }
}

/// The hash and size of a source's bytes.
package struct SourceContent: Hashable {
  /// In lower-case hexadecimal.
  package let sha256: String
  package let byteCount: Int
}
