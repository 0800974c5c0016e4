import Crypto
import StreetCore

extension ReadingMethod {
  /// SHA-256 of all that decides the numbers of a decoded picture, lower-case hexadecimal: the model, and the parameters and
  /// constants by which it is read. Limits on sources and pictures have no part in it.
  ///
  /// Two methods of one digest read the same numbers in the same pixels, whichever version or machine reads them.
  package var digest: String { Self.digest(modelID: modelID, reading: reading) }

  /// The digest of a model and of the text of what else decides numbers.
  static func digest(modelID: String, reading: String) -> String {
    hexadecimal(SHA256.hash(data: Array("\(modelID)\n\(reading)".utf8)))
  }
}
