import Foundation
import StreetCore

/// The bytes of a zip as libarchive reads them: the members and the central directory of the file, followed by an end
/// record generated here, which only gives the location of the directory.
///
/// libarchive does not accept the real end record if it has an error that a widespread writer makes, or if it is more
/// than 16 KiB before the end of the file.
final class ZipBytes {
  private let file: RandomAccessFile
  /// The range of the file that is passed on.
  private let range: Range<Int>
  private let end: [UInt8]
  private let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
  /// The position of the next byte.
  private var position = 0
  /// The system error in reading the file; nil if there is none.
  private(set) var failure: FileError?

  /// Passes on `range` of a file, followed by `end`.
  init(_ file: RandomAccessFile, _ range: Range<Int>, end: [UInt8]) {
    (self.file, self.range, self.end) = (file, range, end)
  }

  deinit { block.deallocate() }

  private var count: Int { range.count + end.count }

  /// The next bytes, valid until the next call; empty at the end, nil after a system error.
  func next() -> UnsafeRawBufferPointer? {
    do throws(FileError) {
      let inFile = min(block.count, max(range.count - position, 0))
      var filled = 0
      if inFile > 0 {
        let target = UnsafeMutableRawBufferPointer(rebasing: block[..<inFile])
        filled = try file.read(at: range.lowerBound + position, into: target)
      }
      if filled == inFile {
        let rest = end.dropFirst(max(position - range.count, 0)).prefix(block.count - filled)
        UnsafeMutableRawBufferPointer(rebasing: block[filled...]).copyBytes(from: rest)
        filled += rest.count
      }
      position += filled
      return UnsafeRawBufferPointer(rebasing: block[..<filled])
    } catch {
      failure = error
      return nil
    }
  }

  /// Skips bytes, up to the end; returns how many were skipped.
  func skip(_ wanted: Int) -> Int {
    let skipped = max(0, min(wanted, count - position))
    position += skipped
    return skipped
  }

  /// Moves to a position relative to `whence`, like `lseek`; returns the position, or nil if it is invalid.
  func seek(_ offset: Int, _ whence: Int32) -> Int? {
    let base =
      switch whence {
      case SEEK_SET: 0
      case SEEK_CUR: position
      default: count
      }
    let (place, isTooLarge) = base.addingReportingOverflow(offset)
    guard !isTooLarge, (0...count).contains(place) else { return nil }
    position = place
    return place
  }
}
