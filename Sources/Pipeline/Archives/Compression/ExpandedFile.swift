package import StreetCore

/// A file that may be compressed, read as a whole.
package enum ExpandedFile {
  /// The contents of a file, decompressed where it is compressed in a way that archives may be; at most `limit` bytes.
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
