import Crypto
import StreetCore

extension ReadingMethod {
  /// The SHA-256, in lower-case hexadecimal, of everything that affects the numbers of a decoded picture: the model,
  /// the parameters and the constants. Limits on sources and pictures are not part of it.
  ///
  /// Two methods with the same digest read the same numbers in the same pixels, whatever the version or machine.
  package var digest: String { Self.digest(modelID: modelID, reading: reading) }

  /// The SHA-256, in lower-case hexadecimal, of everything that affects which members of a source are read as pictures:
  /// formats, limits and classification rules.
  package var selectionDigest: String { Self.digest(selection ?? parameters) }

  /// The digest of a model and of the text of everything else that affects numbers.
  static func digest(modelID: String, reading: String) -> String { digest("\(modelID)\n\(reading)") }

  static func digest(_ text: String) -> String { hexadecimal(SHA256.hash(data: Array(text.utf8))) }

  /// The parameters as JSON with sorted keys, so that equal parameters give equal texts. A single value is a number,
  /// several are an array.
  static func text(_ parameters: [String: [Double]]) -> String {
    let pairs = parameters.sorted { $0.key < $1.key }.map { name, values in
      let numbers = values.map { Int(exactly: $0).map(String.init) ?? "\($0)" }
      return "\"\(name)\":" + (numbers.count == 1 ? numbers[0] : "[\(numbers.joined(separator: ","))]")
    }
    return "{" + pairs.joined(separator: ",") + "}"
  }
}
