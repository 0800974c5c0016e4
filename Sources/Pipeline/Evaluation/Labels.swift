import Foundation
import StreetCore

/// The labels of pictures: one number per photograph, or scenes with all their numbers.
package enum Labels: Sendable, Hashable {
  /// Photographs with one number each.
  case photographs([LabelledPhotograph])
  /// Pictures with any number of house numbers each.
  case scenes([LabelledScene])

  /// The names of the labelled pictures, in order. A name may only occur more than once if the pictures have different
  /// SHA-256.
  package var files: [String] {
    switch self {
    case .photographs(let photographs): photographs.map(\.file)
    case .scenes(let scenes): scenes.map(\.file)
    }
  }

  /// The SHA-256 of the labelled pictures, in order; nil where a label has none.
  package var digests: [String?] {
    switch self {
    case .photographs(let photographs): photographs.map(\.sha256)
    case .scenes(let scenes): scenes.map(\.sha256)
    }
  }

  /// Labels from a file of JSON lines; throws if it can't be read, or as ``init(lines:)`` does.
  package init(path: String) throws(LabelsError) {
    do throws(LabelsError) {
      try self.init(lines: Labels.bytes(of: path))
    } catch {
      var error = error
      error.path = path
      throw error
    }
  }

  private static let maximumBytes = 1 << 30

  private static func bytes(of path: String) throws(LabelsError) -> [UInt8] {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try File(path: Array(path.utf8)).read(upTo: maximumBytes + 1)
    } catch {
      switch error.number {
      case ENOENT, ENOTDIR: throw LabelsError(.missing, "There is no such file")
      case EACCES, EPERM: throw LabelsError(.permission, "No permission to read it; give this user read access")
      default: throw LabelsError(.unreadable, "The system can't read it: \(error.message)")
      }
    }
    guard bytes.count <= maximumBytes else {
      throw LabelsError(.malformed, "It has more than \(maximumBytes >> 20) MiB; split it")
    }
    return bytes
  }

  /// Labels from JSON, one object per line; empty lines are skipped.
  ///
  /// `{"file": "1.png", "number": "19"}` is a photograph with one number, and may have `"digits": [{"digit": 1, "box":
  /// [left, top, width, height]}, ...]`. `{"file": ..., "numbers": [{"text": "19", "box": [...]}, ...]}` is a scene,
  /// and may have its `"width"` and `"height"` in pixels. All lines must be of the same kind as the first; other keys
  /// are ignored. Throws `labels.malformed` for the first invalid line.
  package init(lines bytes: [UInt8]) throws(LabelsError) {
    var (photographs, scenes): ([LabelledPhotograph], [LabelledScene]) = ([], [])
    var lineOfPicture: [String: Int] = [:]
    for (index, bytes) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
    where !bytes.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) {
      let line = index + 1
      let label = try LabelLine(bytes, line: line)
      // Pictures identified by their hashes may have equal names.
      if let before = lineOfPicture.updateValue(line, forKey: label.sha256 ?? "file \(label.file)") {
        throw .malformed("\(label.file) already has a label on line \(before); remove one of them", line: line)
      }
      switch label.truth {
      case .number(let number, let digits) where scenes.isEmpty:
        photographs.append(LabelledPhotograph(file: label.file, sha256: label.sha256, number: number, digits: digits))
      case .numbers(let numbers) where photographs.isEmpty:
        scenes.append(LabelledScene(file: label.file, sha256: label.sha256, pixels: label.pixels, numbers: numbers))
      default:
        throw .malformed(
          "`number` and `numbers` are two kinds of labels; put them in two files, and score each", line: line)
      }
    }
    guard !lineOfPicture.isEmpty else {
      throw LabelsError(.malformed, "It has no labels; write one JSON object per line")
    }
    self = scenes.isEmpty ? .photographs(photographs) : .scenes(scenes)
  }
}

extension LabelsError {
  static func malformed(_ message: String, line: Int) -> LabelsError {
    LabelsError(.malformed, message, line: line)
  }
}
