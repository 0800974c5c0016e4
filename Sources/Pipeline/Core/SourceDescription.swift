/// A source of members, as it is about to be read.
package struct SourceDescription: Sendable, Hashable {
  /// What a source is.
  package enum Kind: String, Sendable {
    /// A tar or zip file.
    case archive
    /// One picture.
    case image
    /// The files below a folder.
    case folder
    /// A tar on standard input whose end hasn't come; then it is an archive.
    case stream
  }

  /// What makes it the same source again: its content, or where that isn't known, where it comes from.
  package let identity: String
  /// What it is.
  package let kind: Kind
  /// SHA-256 of its bytes, lower-case hexadecimal; nil for folders and streams.
  package let sha256: String?
  /// The name it is shown under: a file's without folders, a folder's real path.
  package let name: String
  /// Bytes in all; nil where that isn't known.
  package let byteCount: Int?
  /// Where it was seen; nil for streams and folders.
  package let path: SourcePath?

  /// A file, known by its content: an archive or one image.
  package static func file(_ kind: Kind, sha256: String, name: String, at path: SourcePath) -> Self {
    Self(
      identity: "sha256:\(sha256)", kind: kind, sha256: sha256, name: name, byteCount: path.byteCount,
      path: path)
  }

  /// A file that lies here for a moment only, known by its content.
  package static func file(_ kind: Kind, sha256: String, name: String, byteCount: Int) -> Self {
    Self(identity: "sha256:\(sha256)", kind: kind, sha256: sha256, name: name, byteCount: byteCount, path: nil)
  }

  /// A folder, known by its real path.
  package static func folder(realPath: String) -> Self {
    Self(
      identity: "folder:\(realPath)", kind: .folder, sha256: nil, name: realPath, byteCount: nil, path: nil)
  }

  /// A stream, known by an id of its own as long as its end hasn't come.
  package static func stream(id: String, name: String) -> Self {
    Self(identity: "stream:\(id)", kind: .stream, sha256: nil, name: name, byteCount: nil, path: nil)
  }
}

/// A file as it was seen: while all three are the same, so is the content.
package struct SourcePath: Sendable, Hashable {
  /// The file's absolute path.
  package var path: String
  /// Its size in bytes.
  package var byteCount: Int
  /// When it was last changed, in nanoseconds since 1970.
  package var modified: Int

  /// A file as it was seen.
  package init(path: String, byteCount: Int, modified: Int) {
    self.path = path
    self.byteCount = byteCount
    self.modified = modified
  }
}
