package import DigitNet
import StreetArchives
import StreetCore
import StreetImages

extension Source {
  /// Decodes the members whose names are wanted and gives them to `body`, in the source's order.
  ///
  /// Members that are no picture, or can't be decoded, are passed over. Costs reading the whole source; one picture is in
  /// memory at once. Throws `SourceError` where the source can't be read further, and what `body` throws.
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
