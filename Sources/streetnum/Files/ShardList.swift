import Foundation
import Pipeline

/// The shards that arguments name, in the arguments' order; those of a folder are sorted by name.
struct ShardList {
  let paths: [String]

  /// Lists the folders. Throws where an argument is the target database or a folder can't be listed; in a folder the
  /// target database is skipped.
  init(arguments: [String], database: String) throws {
    var paths: [String] = []
    for argument in arguments {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder)
      guard isFolder.boolValue else {
        if leadToSameFile(argument, database) {
          throw UsageError(summary: "\(argument): Is the database to merge into; name other shards")
        }
        paths.append(argument)
        continue
      }
      do {
        // Files that are still being written are hidden.
        let names = try FileManager.default.contentsOfDirectory(atPath: argument).filter {
          $0.hasSuffix(".sqlite") && !$0.hasPrefix(".")
        }
        paths += names.sorted().map { argument + "/" + $0 }.filter { !leadToSameFile($0, database) }
      } catch {
        throw SourceError(.unreadable, "The folder can't be listed: \(error.localizedDescription)", path: argument)
      }
    }
    guard !paths.isEmpty else {
      throw SourceError(.missing, "There is no .sqlite file in it", path: arguments.joined(separator: ", "))
    }
    self.paths = paths
  }
}
