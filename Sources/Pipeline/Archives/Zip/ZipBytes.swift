import Foundation
import StreetCore

/// A zip's bytes as libarchive is given them: those of its members and its directory, and behind them an end record made
/// here, which says nothing but where the directory lies.
///
/// libarchive takes the real one for none where a widespread writer's fault is in it, or where it lies more than 16 KiB in
/// front of the file's end.
final class ZipBytes {
  private let file: RandomAccessFile
  /// What is given of the file.
  private let range: Range<Int>
  private let end: [UInt8]
  private let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
  /// Where the next byte lies among those that are given.
  private var position = 0
  /// Why the system did not give what was asked for, or nil.
  private(set) var failure: FileError?

  /// Gives `range` of a file, and `end` behind it.
  init(_ file: RandomAccessFile, _ range: Range<Int>, end: [UInt8]) {
    (self.file, self.range, self.end) = (file, range, end)
  }

  deinit { block.deallocate() }

  private var count: Int { range.count + end.count }

  /// The next bytes, good until the next call; none at the end, nil where the system fails.
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

  /// Passes over bytes, but never beyond the end; returns how many.
  func skip(_ wanted: Int) -> Int {
    let skipped = max(0, min(wanted, count - position))
    position += skipped
    return skipped
  }

  /// Goes to a place that is counted from where `whence` says, as `lseek` does; returns the place, or nil where there is
  /// none.
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
