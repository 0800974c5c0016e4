import Crypto
package import StreetArchives
import StreetCore
import StreetImages

extension Source {
  /// Does with each member what the reader of an ingest does before the member is recorded as in progress, and discards
  /// it. Throws `SourceError` if the source can't be read to its end.
  package func walk(limits: SourceLimits) throws {
    var members = try reader(limits: limits)
    while let member = try members.next(stored: nil) {
      guard case .bytes(let bytes) = member.content else { continue }
      _ = hexadecimal(SHA256.hash(data: bytes))
      _ = CodedImage.cost(of: bytes, limits: ImageLimits(), enlargedBelow: 0)
    }
  }
}
