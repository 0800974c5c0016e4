import Foundation

/// A file open for reading. Its path is given as bytes, because names need not be UTF-8.
package final class File {
  private let descriptor: Int32

  /// Opens a file for reading.
  package init(path: [UInt8]) throws(FileError) {
    let name = path.map(CChar.init(bitPattern:)) + [0]
    descriptor = try uninterrupted { open(name, O_RDONLY | O_CLOEXEC) }
  }

  deinit { close(descriptor) }

  /// Reads into an array and returns the number of bytes read; 0 at the end.
  package func read(into part: inout [UInt8]) throws(FileError) -> Int {
    let descriptor = descriptor
    return try uninterrupted { part.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) } }
  }

  /// Reads to the end of the file, but at most `count` bytes.
  package func read(upTo count: Int) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let wanted = min(count - bytes.count, 1 << 20)
      var failed: FileError?
      let part = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, initialized in
        do throws(FileError) {
          initialized = try uninterrupted { Foundation.read(descriptor, buffer.baseAddress, wanted) }
        } catch {
          failed = error
        }
      }
      if let failed { throw failed }
      if part.isEmpty { break }
      bytes += part
    }
    return bytes
  }
}
