/// The part of a path after its last slash. Compares bytes, because a slash followed by a combining accent is one
/// `Character`.
package func baseName(of path: String) -> Substring {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path[...] }
  return path[path.utf8.index(after: slash)...]
}
