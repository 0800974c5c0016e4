import Crypto
import Foundation
import StreetCore

/// The bytes of a file, or those that come through standard input and can't be had again, as they are.
///
/// Belongs to the reader's thread alone.
final class RawInput {
  private let descriptor: Int32
  /// A file's size; nil for standard input.
  private let size: Int?
  /// Of all that has gone by, where it can't be hashed beforehand.
  private var hash: SHA256?
  /// Bytes that were looked at and are still to come.
  private var ahead: ArraySlice<UInt8> = []
  /// Bytes that have gone by.
  private(set) var byteCount = 0

  /// Standard input, hashed as it goes by.
  init() {
    (descriptor, size, hash) = (STDIN_FILENO, nil, SHA256())
  }

  /// A file from its first byte.
  init(path: String, size: Int) throws(FileError) {
    descriptor = try uninterrupted { open(path, O_RDONLY | O_CLOEXEC) }
    self.size = size
  }

  deinit {
    if size != nil { close(descriptor) }
  }

  /// The first bytes, up to `count`, which are read again afterwards.
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

  /// Reads the next bytes, as many as come at once; none at the end.
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

  /// Passes over bytes of a file without reading them, but never beyond its end; returns how many.
  func skip(_ count: Int) -> Int {
    guard let size, ahead.isEmpty, count > 0 else { return 0 }
    let count = min(count, size - byteCount)
    guard count > 0, lseek(descriptor, off_t(count), SEEK_CUR) >= 0 else { return 0 }
    byteCount += count
    return count
  }

  /// Reads what is left of standard input, and says what all of it was; nil for a file.
  package func end() throws(FileError) -> SourceContent? {
    guard hash != nil else { return nil }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { block.deallocate() }
    while try read(into: block) > 0 {}
    return hash.map { SourceContent(sha256: hexadecimal($0.finalize()), byteCount: byteCount) }
  }
}

/// What a source's bytes were, from the first to the last.
package struct SourceContent: Hashable {
  /// Lower-case hexadecimal.
  package let sha256: String
  package let byteCount: Int
}
