/// The identity and metadata of a source, known before it is read.
package struct SourceDescription: Sendable, Hashable {
  /// The kind of a source.
  package enum Kind: String, Sendable {
    /// A tar or zip file.
    case archive
    /// A single picture.
    case image
    /// The files in a folder and its subfolders.
    case folder
    /// A tar on standard input that has not been read to the end; afterwards it is an archive.
    case stream
  }

  /// The identity of the source: its content or, if that is unknown, where it comes from.
  package let identity: String
  /// The kind.
  package let kind: Kind
  /// The SHA-256 of the bytes, in lower-case hexadecimal; nil for folders and streams.
  package let sha256: String?
  /// The displayed name: a file's name without folders, a folder's real path.
  package let name: String
  /// The total size in bytes; nil if unknown.
  package let byteCount: Int?
  /// Where the file was seen; nil for streams and folders.
  package let path: SourcePath?

  /// A file, identified by its content: an archive or a single picture.
  package static func file(_ kind: Kind, sha256: String, name: String, at path: SourcePath) -> Self {
    Self(
      identity: "sha256:\(sha256)", kind: kind, sha256: sha256, name: name, byteCount: path.byteCount,
      path: path)
  }

  /// A file that is stored here only temporarily, identified by its content.
  package static func file(_ kind: Kind, sha256: String, name: String, byteCount: Int) -> Self {
    Self(identity: "sha256:\(sha256)", kind: kind, sha256: sha256, name: name, byteCount: byteCount, path: nil)
  }

  /// A folder, identified by its real path.
  package static func folder(realPath: String) -> Self {
    Self(
      identity: "folder:\(realPath)", kind: .folder, sha256: nil, name: realPath, byteCount: nil, path: nil)
  }

  /// A stream, identified by an id of its own until it has been read to the end.
  package static func stream(id: String, name: String) -> Self {
    Self(identity: "stream:\(id)", kind: .stream, sha256: nil, name: name, byteCount: nil, path: nil)
  }
}

/// A file's path, size and modification time: while all three are unchanged, the content is taken to be unchanged.
package struct SourcePath: Sendable, Hashable {
  /// The absolute path.
  package var path: String
  /// The size in bytes.
  package var byteCount: Int
  /// The modification time in nanoseconds since 1970.
  package var modified: Int

  /// A file's path, size and modification time.
  package init(path: String, byteCount: Int, modified: Int) {
    self.path = path
    self.byteCount = byteCount
    self.modified = modified
  }
}
