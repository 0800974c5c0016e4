import DigitNet
import Foundation
import Pipeline

/// The file of a picture that a command draws; it is written whole or not at all.
struct DrawingFile {
  let path: String

  /// Throws, before any work is done, where the file can't be written, is one of the command's inputs, or is not an
  /// earlier drawing: photographs are PNG and JPEG files as well.
  func check(against inputs: [String]) throws {
    try OutputFile(path: path).check()
    if let input = inputs.first(where: { leadToSameFile(path, $0) }) {
      throw UsageError(summary: "\(path): Is the same file as \(input), which this command reads; name another file")
    }
    let head = try OutputFile(path: path).head()
    guard head.isEmpty || ImageEncoder.isDrawing(head) else {
      throw UsageError(
        summary: "\(path): Exists and is not a drawing by streetnum, so it is not replaced; name another file")
    }
  }

  /// Writes a picture, as JPEG where the file's name says so, else as PNG.
  func write(_ drawing: Image) throws {
    guard let bytes = ImageEncoder.drawing(drawing, named: path) else {
      throw ShortageError(what: "there is not enough memory to encode the drawing")
    }
    try check(against: [])
    do throws(FileError) {
      try FileReplacement(path: path).write(bytes)
    } catch {
      throw OutputFileError(path: path, reason: error, isFolder: false)
    }
  }
}
