import Foundation
import StreetArchives
import StreetCore
package import StreetPositions

/// Finds the sidecars next to a source.
package enum SidecarFiles {
  private static let compressions = ["gz", "bz2", "xz", "zst", "lz4"]

  /// The possible names of sidecars for a file name: `a.tar.csv` and `a.csv` for `a.tar`, and so on. For a compressed
  /// tar, both parts of the extension may be left out.
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

  /// The paths of the possible sidecars that exist.
  static func paths(beside path: String) -> [String] {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent().path
    return names(for: url.lastPathComponent).map { folder == "/" ? "/\($0)" : "\(folder)/\($0)" }.filter { path in
      (try? FileStatus(following: path))?.isRegular == true
    }
  }

  /// Whether a sidecar next to a source is named for it and for no other source in the folder. Files that are neither
  /// archives nor pictures by their names are no sources, nor are those at `own`.
  static func belongs(_ sidecar: String, toOnly path: String, leavingOut own: [String]) -> Bool {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent().path
    guard let others = try? Listing.names(in: Array(folder.utf8)) else { return false }
    return !others.map(MemberName.text).contains { other in
      guard other != url.lastPathComponent, names(for: other).contains(sidecar) else { return false }
      let place = folder == "/" ? "/\(other)" : "\(folder)/\(other)"
      guard let status = try? FileStatus(following: place) else { return false }
      return Inbox.Arrival.State(name: other, isFolder: status.isFolder) == nil
        && !identities(of: own).contains(status.identity)
    }
  }

  /// The bytes of a file.
  package static func bytes(of path: String) throws(SidecarFault) -> [UInt8] {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try File(path: Array(path.utf8)).read(upTo: Sidecar.maximumBytes + 1)
    } catch {
      switch error.number {
      case ENOENT, ENOTDIR: throw SidecarFault(.missing, "There is no such file", path: path)
      case EACCES, EPERM:
        throw SidecarFault(.permission, "No permission to read it; give this user read access", path: path)
      default: throw SidecarFault(.unreadable, "The system can't read it: \(error.message)", path: path)
      }
    }
    guard bytes.count <= Sidecar.maximumBytes else {
      throw SidecarFault(.malformed, "It has more than \(Sidecar.maximumBytes >> 20) MiB; split it", path: path)
    }
    return bytes
  }
}
