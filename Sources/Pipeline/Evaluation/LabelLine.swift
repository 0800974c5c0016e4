import DigitNet
import Foundation

/// One line of a label file: a JSON object.
struct LabelLine {
  enum Truth {
    case number(String, digits: [LabelledDigit]?)
    case numbers([LabelledNumber])
  }

  let file: String
  /// The SHA-256 of the picture's bytes, if the line has it.
  let sha256: String?
  /// The number of pixels, if the line has width and height.
  let pixels: Int?
  let truth: Truth

  init(_ bytes: some Sequence<UInt8>, line: Int) throws(LabelsError) {
    let stored: Stored
    do {
      stored = try JSONDecoder().decode(Stored.self, from: Data(bytes))
    } catch let fault as Fault {
      throw .malformed(fault.message, line: line)
    } catch let error as DecodingError {
      throw .malformed(error.sentence, line: line)
    } catch {
      throw .malformed("\(error)", line: line)
    }
    file = stored.file
    sha256 = stored.sha256
    pixels = stored.width.flatMap { width in stored.height.map { width * $0 } }
    // A label with both keys is a scene's.
    if let numbers = stored.numbers {
      truth = .numbers(numbers.map { LabelledNumber(text: $0.text, box: $0.box.box) })
    } else if let number = stored.number {
      let digits = stored.digits?.map { LabelledDigit(value: $0.digit, box: $0.box.box) }
      truth = .number(number, digits: digits)
    } else {
      throw .malformed("`number` or `numbers` is missing", line: line)
    }
  }

  /// The object as stored; its values are checked while it is decoded.
  private struct Stored: Decodable {
    var file: String
    var sha256: String?
    var width: Int?
    var height: Int?
    var number: String?
    var digits: [StoredDigit]?
    var numbers: [StoredNumber]?

    private enum CodingKeys: CodingKey { case file, sha256, width, height, number, digits, numbers }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      file = try values.decode(String.self, forKey: .file)
      guard !file.isEmpty else { throw Fault(message: "`file` is empty; it must be the picture's name") }
      sha256 = try values.decodeIfPresent(String.self, forKey: .sha256)
      if let sha256, sha256.utf8.count != 64 || !sha256.utf8.allSatisfy(Fault.isHexadecimal) {
        throw Fault(message: "`sha256` must be 64 lower-case hexadecimal digits")
      }
      width = try values.decodeIfPresent(Int.self, forKey: .width)
      height = try values.decodeIfPresent(Int.self, forKey: .height)
      for case .some(let side) in [width, height] where !StoredBox.sides.contains(side) {
        throw Fault(message: "`width` and `height` are \(StoredBox.sides.lowerBound) to \(StoredBox.sides.upperBound)")
      }
      number = try values.decodeIfPresent(String.self, forKey: .number)
      if number?.isEmpty == true {
        throw Fault(message: "`number` is empty; a picture without one is a scene with `\"numbers\": []`")
      }
      if let number { try Fault.check(number, of: "number") }
      digits = try values.decodeIfPresent([StoredDigit].self, forKey: .digits)
      numbers = try values.decodeIfPresent([StoredNumber].self, forKey: .numbers)
    }
  }

  private struct StoredDigit: Decodable {
    var digit: Int
    var box: StoredBox

    private enum CodingKeys: CodingKey { case digit, box }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      digit = try values.decode(Int.self, forKey: .digit)
      guard (0...9).contains(digit) else { throw Fault(message: "`digit` is 0 to 9, not \(digit)") }
      box = try values.decode(StoredBox.self, forKey: .box)
    }
  }

  private struct StoredNumber: Decodable {
    var text: String
    var box: StoredBox

    private enum CodingKeys: CodingKey { case text, box }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      text = try values.decode(String.self, forKey: .text)
      try Fault.check(text, of: "text")
      box = try values.decode(StoredBox.self, forKey: .box)
    }
  }

  private struct StoredBox: Decodable {
    let box: Box

    /// The allowed lengths of a picture's sides.
    static let sides = 1...1_000_000

    init(from decoder: any Decoder) throws {
      let values = try [Double](from: decoder)
      guard values.count == 4, values.allSatisfy({ abs($0) <= Double(Self.sides.upperBound) && $0.rounded() == $0 }),
        values[2] >= 1, values[3] >= 1
      else {
        throw Fault(
          message: "a box must be [left, top, width, height] in whole pixels, with width and height at least 1")
      }
      box = Box(left: Int(values[0]), top: Int(values[1]), width: Int(values[2]), height: Int(values[3]))
    }
  }

  /// An invalid value.
  private struct Fault: Error {
    let message: String

    static func isHexadecimal(_ byte: UInt8) -> Bool {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    /// Throws if a text is not a number that could be read.
    static func check(_ number: String, of key: String) throws(Fault) {
      guard 1...6 ~= number.utf8.count, number.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= $0 }) else {
        throw Fault(message: "`\(key)` must be one to six digits, not \"\(number)\"; label 12A as 12")
      }
    }
  }
}

extension DecodingError {
  /// The message for users.
  fileprivate var sentence: String {
    switch self {
    case .keyNotFound(let key, let context): "\(Self.place(context.codingPath + [key])) is missing"
    case .valueNotFound(let type, let context), .typeMismatch(let type, let context):
      context.codingPath.isEmpty
        ? "it is not a JSON object; write one object per line"
        : "\(Self.place(context.codingPath)) is not \(Self.name(of: type))"
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      "\(Self.place(context.codingPath)) can't be read: \(context.debugDescription)"
    default: "it is not JSON; write one object per line"
    }
  }

  /// The path of a value, such as `numbers[0].box`.
  private static func place(_ path: [any CodingKey]) -> String {
    let text = path.reduce("") { text, key in
      if let index = key.intValue { return text + "[\(index)]" }
      return text + (text.isEmpty ? "" : ".") + key.stringValue
    }
    return "`\(text)`"
  }

  private static func name(of type: any Any.Type) -> String {
    switch type {
    case is String.Type: "a string in quotation marks, such as \"19\""
    case is Int.Type, is Double.Type: "a number"
    case is [any Any].Type: "an array"
    default: "of the expected type"
    }
  }
}
