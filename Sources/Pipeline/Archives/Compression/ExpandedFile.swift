package import StreetCore

/// Reads a whole file that may be compressed.
package enum ExpandedFile {
  /// The content of a file, decompressed if it has one of the compressions of archives; at most `limit` bytes.
  package static func read(path: String, limit: Int) throws(SourceError) -> [UInt8] {
    let source = try Source(path: path)
    guard source.kind == .archive else {
      throw SourceError(.notAnArchive, "It is a picture, a folder or standard input; name a file", path: path)
    }
    let input: RawInput
    do throws(FileError) {
      input = try RawInput(path: source.path, size: source.byteCount)
    } catch {
      throw Source.failure(error, path: path)
    }
    let expanded = try Decompression(input, path: path, limits: SourceLimits())
    var bytes: [UInt8] = []
    while true {
      let next = try expanded.next()
      if next.isEmpty { return bytes }
      bytes += next
      guard bytes.count <= limit else {
        throw SourceError(.unsupported, "It is too large: more than \(limit >> 20) MiB", path: path)
      }
    }
  }
}
