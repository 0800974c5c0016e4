import DigitNet
import Foundation
import Pipeline

/// The file of a picture that a command draws; it is written whole or not at all.
struct DrawingFile {
  let path: String

  /// Throws, before any work is done, where the file can't be written, is one of the command's inputs, or is not an
  /// earlier drawing: photographs are PNG and JPEG files as well.
  func check(against inputs: [String]) throws {
    let file = OutputFile(path: path, kind: .drawing)
    try file.check()
    try file.check(against: inputs)
  }

  /// Writes a picture, as JPEG where the file's name says so, else as PNG.
  func write(_ drawing: Image) throws {
    guard let bytes = ImageEncoder.drawing(drawing, named: path) else {
      throw ShortageError(what: "there is not enough memory to encode the drawing")
    }
    try OutputFile(path: path, kind: .drawing).write(bytes)
  }
}
