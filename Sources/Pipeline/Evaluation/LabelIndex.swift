/// Finds the label of a picture by its bytes or its name.
struct LabelIndex {
  private let digests: [String?]
  private var byDigest: [String: Int] = [:]
  /// Labels by their whole path, and by the last part of it; -1 where several share it.
  private var byPath: [String: Int] = [:]
  private var byBaseName: [Substring: Int] = [:]

  /// An index of labels.
  init(_ labels: Labels) {
    digests = labels.digests
    for (position, (file, digest)) in zip(labels.files, digests).enumerated() {
      if let digest { byDigest[digest] = position }
      byPath[file] = byPath[file] == nil ? position : -1
      byBaseName[LabelIndex.baseName(file)] = byBaseName[LabelIndex.baseName(file)] == nil ? position : -1
    }
  }

  /// The position of the label with the SHA-256, else with the whole path, else of the only one with the same base name; nil where
  /// there is none.
  ///
  /// A label that has a SHA-256 belongs to no picture of another one. Where a picture's is not known, its name decides.
  func position(of image: String, sha256: String?) -> Int? {
    if let position = sha256.flatMap({ byDigest[$0] }) { return position }
    guard let position = byPath[image] ?? byBaseName[LabelIndex.baseName(image)], position >= 0 else { return nil }
    return sha256 == nil || digests[position] == nil ? position : nil
  }

  /// What stands behind the last slash. By bytes: a slash and an accent would be one Character.
  private static func baseName(_ path: String) -> Substring {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path[...] }
    return path[path.utf8.index(after: slash)...]
  }
}
