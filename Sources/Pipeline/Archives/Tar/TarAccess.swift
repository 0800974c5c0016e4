import StreetCore

/// Random access to the members of a tar file, compressed or not, by offset.
final class TarAccess {
  private let path: String
  private let size: Int
  private let limits: SourceLimits
  private var bytes: Decompression?
  /// Whether everything before a member must be decompressed to reach it.
  let isCompressed: Bool

  /// Opens a tar; nil if the file is not a tar.
  init?(path: String, size: Int, limits: SourceLimits) throws(SourceError) {
    (self.path, self.size, self.limits) = (path, size, limits)
    let head: ArraySlice<UInt8>
    do throws(FileError) {
      head = try RawInput(path: path, size: size).peek(TarRecord.byteCount)
    } catch {
      throw Source.failure(error, path: path)
    }
    isCompressed = Compression(head: head) != nil
    guard isCompressed || TarRecord.isHeader(head) else { return nil }
  }

  /// The bytes of the member whose header is at an offset; nil if there is none, or if it is not a picture and
  /// `ofAnyKind` is false.
  func content(at offset: Int, ofAnyKind: Bool = false) throws(SourceError) -> [UInt8]? {
    guard let bytes = try bytes(at: offset) else { return nil }
    var reader = ArchiveReader(try TarContainer(bytes, path: path), path: path, limits: limits)
    reader.givesAll = ofAnyKind
    guard case .bytes(let content) = try reader.next(stored: nil)?.content else { return nil }
    return content
  }

  /// The tar's bytes from an offset on: continues from the current position if it is not past the offset, otherwise
  /// starts again.
  private func bytes(at offset: Int) throws(SourceError) -> Decompression? {
    if let bytes, try bytes.pass(to: offset) { return bytes }
    let input: RawInput
    do throws(FileError) {
      input = try RawInput(path: path, size: size)
    } catch {
      throw Source.failure(error, path: path)
    }
    let again = try Decompression(input, path: path, limits: limits)
    bytes = again
    return try again.pass(to: offset) ? again : nil
  }
}
