import CArchive
import Crypto
import Foundation

/// Bytes that come through a descriptor and can't be had again, with the SHA-256 of all that have gone by.
///
/// Belongs to the reader's thread alone.
final class StreamInput {
  private let descriptor: Int32
  private let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  private var hash = SHA256()
  /// Bytes that have gone by.
  private(set) var byteCount = 0
  /// What the system refused with, or nil.
  private(set) var failure: FileError?

  init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { block.deallocate() }

  /// The next bytes, good until the next call; none at the end, nil where the system fails.
  private func next() -> UnsafeRawBufferPointer? {
    do throws(FileError) {
      let count = try uninterrupted { read(descriptor, block.baseAddress, block.count) }
      let bytes = UnsafeRawBufferPointer(rebasing: block[..<count])
      hash.update(bufferPointer: bytes)
      byteCount += count
      return bytes
    } catch {
      failure = error
      return nil
    }
  }

  /// Reads what is left, and says what all of it was.
  func end() throws(FileError) -> SourceContent {
    while failure == nil, let bytes = next(), !bytes.isEmpty {}
    if let failure { throw failure }
    return SourceContent(sha256: hexadecimal(hash.finalize()), byteCount: byteCount)
  }

  /// Has libarchive read from here; the input must outlive the archive.
  func open(_ archive: OpaquePointer) -> Int32 {
    archive_read_open(
      archive, Unmanaged.passUnretained(self).toOpaque(), nil,
      { _, input, target in
        guard let input, let target else { return -1 }
        guard let bytes = Unmanaged<StreamInput>.fromOpaque(input).takeUnretainedValue().next() else { return -1 }
        target.pointee = bytes.baseAddress
        return bytes.count
      }, nil)
  }
}

/// What a source's bytes were, from the first to the last.
struct SourceContent: Hashable {
  /// Lower-case hexadecimal.
  let sha256: String
  let byteCount: Int
}
