import Crypto
import Foundation
import StreetCore
package import StreetLedger

extension ReadingMethod {
  /// SHA-256 of what decides the results beside the source: the model, the rules for members and the parameters; lower-case
  /// hexadecimal.
  package var digest: String {
    hexadecimal(SHA256.hash(data: Data("\(modelID)\n\(MemberRules.revision)\n\(parameters)".utf8)))
  }
}
