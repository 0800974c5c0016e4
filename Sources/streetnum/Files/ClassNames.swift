import DigitNetTraining
import Pipeline

/// A user's file of class names: one line per class, in the order of the network's outputs.
struct ClassNames {
  private let names: [String]

  private static let maximumBytes = 1 << 20

  /// Reads the file; throws unless it has one line per class.
  init(path: String, count: Int) throws {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try File(path: Array(path.utf8)).read(upTo: Self.maximumBytes)
    } catch {
      throw Source.failure(error, path: path)
    }
    names = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map { printable(String($0)) }
    guard names.count == count else {
      throw NetworkFileError(
        path: path,
        error: TrainingError(
          .data, "Has \(names.count) lines, and the network has \(count) classes; it takes a name a line"))
    }
  }

  subscript(place: Int) -> String { names[place] }
}
