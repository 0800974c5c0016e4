import Crypto
import StreetCore

extension ReadingMethod {
  /// SHA-256 of all that decides the numbers of a decoded picture, lower-case hexadecimal: the model, and the parameters and
  /// constants by which it is read. Limits on sources and pictures have no part in it.
  ///
  /// Two methods of one digest read the same numbers in the same pixels, whichever version or machine reads them.
  package var digest: String { Self.digest(modelID: modelID, reading: reading) }

  /// SHA-256 of all that decides which members of a source are pictures, lower-case hexadecimal: formats, limits, and the rules
  /// by which members are told apart.
  package var selectionDigest: String { Self.digest(selection ?? parameters) }

  /// The digest of a model and of the text of what else decides numbers.
  static func digest(modelID: String, reading: String) -> String { digest("\(modelID)\n\(reading)") }

  static func digest(_ text: String) -> String { hexadecimal(SHA256.hash(data: Array(text.utf8))) }

  /// Parameters as JSON with sorted keys, the same text for the same parameters; a value of its own is a number, several are an
  /// array.
  static func text(_ parameters: [String: [Double]]) -> String {
    let pairs = parameters.sorted { $0.key < $1.key }.map { name, values in
      let numbers = values.map { Int(exactly: $0).map(String.init) ?? "\($0)" }
      return "\"\(name)\":" + (numbers.count == 1 ? numbers[0] : "[\(numbers.joined(separator: ","))]")
    }
    return "{" + pairs.joined(separator: ",") + "}"
  }
}
