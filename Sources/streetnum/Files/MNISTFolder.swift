import DigitNetTraining
import Foundation
import Pipeline

/// The folder of the MNIST files as they are distributed: plain or compressed, with `-` or `.` before `idx`.
struct MNISTFolder {
  let path: String

  /// The largest size of one of the files, in bytes: a million images.
  private static let maximumBytes = 1 << 30

  /// The path of one of the files; nil where it does not exist.
  func path(of file: HandwrittenDigits.File) -> String? {
    let names = [file.rawValue, file.rawValue.replacingOccurrences(of: "-idx", with: ".idx")]
    let paths = names.flatMap { name in ["", ".gz"].map { "\(path)/\(name)\($0)" } }
    return paths.first { FileManager.default.fileExists(atPath: $0) }
  }

  /// The digits of all files.
  func digits() throws -> HandwrittenDigits {
    try HandwrittenDigits { file in
      guard let path = path(of: file) else {
        throw SourceError(
          .missing, "There is no \(file.rawValue), plain or .gz; MNIST's four files are needed", path: self.path)
      }
      return try ExpandedFile.read(path: path, limit: MNISTFolder.maximumBytes)
    }
  }
}
