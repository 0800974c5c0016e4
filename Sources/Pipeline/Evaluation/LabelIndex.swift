import StreetCore

/// Finds the label of a picture by its hash or its name.
struct LabelIndex {
  private let digests: [String?]
  private var byDigest: [String: Int] = [:]
  /// Indices of labels by the whole path and by the base name; -1 if several share it.
  private var byPath: [String: Int] = [:]
  private var byBaseName: [Substring: Int] = [:]

  /// An index of the given labels.
  init(_ labels: Labels) {
    digests = labels.digests
    for (position, (file, digest)) in zip(labels.files, digests).enumerated() {
      if let digest { byDigest[digest] = position }
      byPath[file] = byPath[file] == nil ? position : -1
      byBaseName[baseName(of: file)] = byBaseName[baseName(of: file)] == nil ? position : -1
    }
  }

  /// The index of the label with the SHA-256, or with the whole path, or else the only one with the same base name; nil
  /// if there is none.
  ///
  /// A label with a SHA-256 never matches a picture with a different one. If the picture's SHA-256 is unknown, its name
  /// decides.
  func position(of image: String, sha256: String?) -> Int? {
    if let position = sha256.flatMap({ byDigest[$0] }) { return position }
    guard let position = byPath[image] ?? byBaseName[baseName(of: image)], position >= 0 else { return nil }
    return sha256 == nil || digests[position] == nil ? position : nil
  }
}
