import Foundation
package import StreetCore

/// The files in a folder and its subfolders, sorted by the bytes of their paths.
package struct Listing {
  /// A file in the folder.
  struct File: Sendable {
    /// The path relative to the folder, as bytes.
    var name: [UInt8]
    var byteCount: Int
    /// The modification time in nanoseconds since 1970.
    var modified: Int
    /// Whether it is a regular file. Links and devices are listed too, so that every one is accounted for.
    var isRegular: Bool
    /// The system's message if the status can't be read; nil otherwise.
    var fault: String?
  }

  private(set) var files: [File] = []

  /// Lists all files of `root`, a real path, except the given files. Throws if `root` itself can't be read.
  init(root: String, leavingOut own: Set<FileIdentity>) throws(FileError) {
    try list(root == "/" ? [] : Array(root.utf8), below: [], leavingOut: own)
    files.sort { $0.name.lexicographicallyPrecedes($1.name) }
  }

  /// The names of the entries of one folder, as bytes, in no order.
  package static func names(in path: [UInt8]) throws(FileError) -> [[UInt8]] {
    guard let stream = opendir(path.map(CChar.init(bitPattern:)) + [0]) else { throw FileError(number: errno) }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw FileError(number: errno) }
        return names
      }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
    }
  }

  private mutating func list(
    _ root: [UInt8], below folder: [UInt8], leavingOut own: Set<FileIdentity>
  ) throws(FileError) {
    for bytes in try Listing.names(in: root + [UInt8(ascii: "/")] + folder) {
      let name = folder.isEmpty ? bytes : folder + [UInt8(ascii: "/")] + bytes
      do throws(FileError) {
        let status = try FileStatus(path: root + [UInt8(ascii: "/")] + name)
        if status.isFolder {
          try list(root, below: name, leavingOut: own)
        } else if !own.contains(status.identity) {
          files.append(
            File(name: name, byteCount: status.byteCount, modified: status.modified, isRegular: status.isRegular))
        }
      } catch {
        files.append(File(name: name, byteCount: 0, modified: 0, isRegular: true, fault: error.message))
      }
    }
  }
}
