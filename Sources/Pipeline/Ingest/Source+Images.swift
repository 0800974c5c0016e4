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
    var members = try reader(limits: options.sources)
    while let member = try members.next(stored: nil) {
      guard isWanted(member.name), case .bytes(let bytes) = member.content,
        let image = try? ImageDecoder.decode(bytes, limits: options.images)
      else { continue }
      try body(member.name, image)
    }
  }
}
