import DigitNet

/// An IDX file, MNIST's format: a magic number, the sizes, then one byte per value (http://yann.lecun.com/exdb/mnist).
enum IDXFile {
  /// The content of a file; the raw value is its magic number.
  enum Content: Int {
    case labels = 0x0801
    case images = 0x0803

    var name: String { self == .images ? "images" : "labels" }
    var sides: Int { self == .images ? 3 : 1 }
    var magic: String { String(rawValue, radix: 16) }
  }

  /// The sizes and the values of a file that should contain `content`.
  static func read(
    _ file: [UInt8], _ content: Content, name: String
  ) throws(TrainingError) -> (sides: [Int], values: ArraySlice<UInt8>) {
    let magic = file.integer(at: 0, count: 4, .big) ?? -1
    guard magic == content.rawValue else {
      let found = Content(rawValue: magic).map {
        "holds \($0.name), not \(content.name): are two files swapped?"
      }
      throw TrainingError(
        .data,
        "\(name) \(found ?? "is not an IDX file of \(content.name), which begins with 0x0\(content.magic)")"
      )
    }
    let sides = (0..<content.sides).compactMap { file.integer(at: 4 + 4 * $0, count: 4, .big) }
    let begin = 4 + 4 * content.sides
    guard sides.count == content.sides, sides.dropFirst().allSatisfy({ 1...4096 ~= $0 }), sides[0] > 0 else {
      throw TrainingError(.data, "\(name) is truncated in its header, or declares no \(content.name)")
    }
    let wanted = begin + sides.reduce(1, *)
    guard file.count == wanted else {
      throw TrainingError(
        .data,
        "\(name) declares \(sides[0]) \(content.name), which take \(wanted) bytes, but has \(file.count): "
          + "download it again")
    }
    return (sides, file[begin...])
  }
}
