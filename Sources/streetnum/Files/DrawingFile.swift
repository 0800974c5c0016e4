import DigitNet
import Foundation
import Pipeline

/// A picture that a command draws into a file, whole or not at all.
struct DrawingFile {
  let path: String

  /// Throws, before work is done for it, where it can't be written, where that would replace one of the command's inputs, and where
  /// it would replace anything but an earlier drawing: photographs are PNG and JPEG files, too.
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
