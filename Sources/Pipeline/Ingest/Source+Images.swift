import Crypto
package import DigitNet
import StreetArchives
import StreetCore
import StreetImages

extension Source {
  /// Decodes the members with the given names and passes them to `body`, in the source's order.
  ///
  /// Members that are not pictures or can't be decoded are skipped. Costs reading the whole source; one picture is in
  /// memory at a time. Throws `SourceError` if the source can't be read further, and the errors of `body`.
  package func forEachImage(
    named isWanted: (String) -> Bool, options: IngestOptions = IngestOptions(), _ body: (String, Image) throws -> Void
  ) throws {
    try forEachMember(options) { name, bytes in
      guard isWanted(name), let image = try? ImageDecoder.decode(bytes, limits: options.images) else { return }
      try body(name, image)
    }
  }

  /// Decodes the members that are wanted by their name and the SHA-256 of their bytes, as `forEachImage(named:)` does
  /// by their name alone.
  package func forEachImage(
    where isWanted: (_ name: String, _ sha256: String) -> Bool, options: IngestOptions = IngestOptions(),
    _ body: (_ name: String, _ sha256: String, Image) throws -> Void
  ) throws {
    try forEachMember(options) { name, bytes in
      let sha256 = hexadecimal(SHA256.hash(data: bytes))
      guard isWanted(name, sha256), let image = try? ImageDecoder.decode(bytes, limits: options.images) else { return }
      try body(name, sha256, image)
    }
  }

  private func forEachMember(
    _ options: IngestOptions, _ body: (_ name: String, _ bytes: [UInt8]) throws -> Void
  ) throws {
    var members = try reader(limits: options.sources)
    while let member = try members.next(stored: nil) {
      guard case .bytes(let bytes) = member.content else { continue }
      try body(member.name, bytes)
    }
  }
}
