import Foundation
import StreetCore
package import StreetPositions

/// Files beside a source that may state positions of its photographs.
package enum SidecarFiles {
  private static let compressions = ["gz", "bz2", "xz", "zst", "lz4"]

  /// The names that such files have beside something of a name: `a.tar.csv` and `a.csv` of `a.tar`, and so on. Of a compressed tar
  /// both parts of its end may be missing.
  package static func names(for name: String) -> [String] {
    var (stems, stem) = ([name], Substring(name))
    while let dot = stem.lastIndex(of: "."), dot != stem.startIndex {
      let isCompression = compressions.contains(stem[stem.index(after: dot)...].lowercased())
      stem = stem[..<dot]
      stems.append(String(stem))
      if !isCompression { break }
    }
    return stems.flatMap { stem in Sidecar.extensions.map { "\(stem).\($0)" } }
  }

  /// Those that are there, by their paths.
  static func paths(beside path: String) -> [String] {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent().path
    return names(for: url.lastPathComponent).map { folder == "/" ? "/\($0)" : "\(folder)/\($0)" }.filter { path in
      (try? FileStatus(following: path))?.isRegular == true
    }
  }

  /// The bytes of a file.
  package static func bytes(of path: String) throws(SidecarFault) -> [UInt8] {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try File(path: Array(path.utf8)).read(upTo: Sidecar.mostBytes + 1)
    } catch {
      switch error.number {
      case ENOENT, ENOTDIR: throw SidecarFault(.missing, "There is no such file", path: path)
      case EACCES, EPERM:
        throw SidecarFault(.permission, "No permission to read it; give this user read access", path: path)
      default: throw SidecarFault(.unreadable, "The system can't read it: \(error.message)", path: path)
      }
    }
    guard bytes.count <= Sidecar.mostBytes else {
      throw SidecarFault(.malformed, "It has more than \(Sidecar.mostBytes >> 20) MiB; split it", path: path)
    }
    return bytes
  }
}
