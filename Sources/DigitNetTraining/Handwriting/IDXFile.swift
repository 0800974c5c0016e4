import DigitNet

/// A file of MNIST's: a magic number, the count and sides, then one byte a value (http://yann.lecun.com/exdb/mnist).
enum IDXFile {
  /// What a file may hold, and its first four bytes.
  enum Content: Int {
    case labels = 0x0801
    case images = 0x0803

    var name: String { self == .images ? "images" : "labels" }
    var sides: Int { self == .images ? 3 : 1 }
  }

  /// The sides and the values of a file that has to hold `content`.
  static func read(
    _ file: [UInt8], _ content: Content, name: String
  ) throws(TrainingError) -> (sides: [Int], values: ArraySlice<UInt8>) {
    let magic = file.integer(at: 0, count: 4, .big) ?? -1
    guard magic == content.rawValue else {
      let found = Content(rawValue: magic).map {
        "holds \($0.name) where \(content.name) belong: are two files swapped?"
      }
      throw TrainingError(
        .data,
        "\(name) \(found ?? "doesn't begin as an idx file of \(content.name) does (0x0\(String(content.rawValue, radix: 16)))")"
      )
    }
    let sides = (0..<content.sides).compactMap { file.integer(at: 4 + 4 * $0, count: 4, .big) }
    let begin = 4 + 4 * content.sides
    guard sides.count == content.sides, sides.dropFirst().allSatisfy({ 1...4096 ~= $0 }), sides[0] > 0 else {
      throw TrainingError(.data, "\(name) is cut in its header, or says that it holds nothing")
    }
    let wanted = begin + sides.reduce(1, *)
    guard file.count == wanted else {
      throw TrainingError(
        .data,
        "\(name) says that it holds \(sides[0]) \(content.name), which take \(wanted) bytes, and has \(file.count): "
          + "get it again")
    }
    return (sides, file[begin...])
  }
}
