/// Finds the label of a picture by the picture's name.
struct LabelIndex {
  private var byPath: [String: Int] = [:]
  /// Labels by the last part of their path, -1 where several share it.
  private var byBaseName: [Substring: Int] = [:]

  /// An index of labels' names.
  init(files: [String]) {
    for (position, file) in files.enumerated() {
      byPath[file] = position
      byBaseName[LabelIndex.baseName(file)] = byBaseName[LabelIndex.baseName(file)] == nil ? position : -1
    }
  }

  /// The position of the label with the whole path, else of the only one with the same base name; nil where there is none.
  func position(of image: String) -> Int? {
    byPath[image] ?? byBaseName[LabelIndex.baseName(image)].flatMap { $0 >= 0 ? $0 : nil }
  }

  /// What stands behind the last slash. By bytes: a slash and an accent would be one Character.
  private static func baseName(_ path: String) -> Substring {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path[...] }
    return path[path.utf8.index(after: slash)...]
  }
}
