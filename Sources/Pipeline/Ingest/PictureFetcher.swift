package import StreetArchives
package import StreetCore
package import StreetLedger

/// Fetches the bytes of pictures in a store from their sources.
///
/// Use it on one thread only.
package final class PictureFetcher {
  private let store: Store
  private let limits: SourceLimits
  private let maximumDecompressed: Int
  /// The source opened last, because the next picture is usually in the same one.
  private var open: (path: String, fetcher: MemberFetcher)?

  /// Fetches pictures of a store. See ``MemberFetcher`` for `maximumDecompressed`.
  package init(
    _ store: Store, limits: SourceLimits = SourceLimits(), maximumDecompressed: Int = MemberFetcher.usualDecompression
  ) {
    (self.store, self.limits, self.maximumDecompressed) = (store, limits, maximumDecompressed)
  }

  /// The bytes of a picture, from the first of its places that still has them.
  ///
  /// - Parameter sha256: The SHA-256 of the bytes, in lower-case hexadecimal, which is verified.
  /// - Throws: `StoreError`; if no place has the bytes, the `SourceError` of the first existing place, or else
  ///   `source.picture_gone`.
  package func bytes(ofPicture sha256: String) throws -> [UInt8] {
    try bytes(at: store.places(ofPicture: sha256))
  }

  /// Passes the bytes of pictures, or the error, to `body`; ordered so that each source is read only once.
  package func forEach(
    _ pictures: [String], _ body: (_ sha256: String, _ bytes: Result<[UInt8], SourceError>) throws -> Void
  ) throws {
    var paths: Set<String> = []
    // The places themselves would fill the memory if there were millions.
    var order = try pictures.map { sha256 in
      let first = try store.places(ofPicture: sha256).first
      let path = paths.insert(first?.paths.first ?? "").memberAfterInsert
      return (sha256: sha256, path: path, offset: first?.member.offset ?? 0, ordinal: first?.member.ordinal ?? 0)
    }
    order.sort { ($0.path, $0.offset, $0.ordinal) < ($1.path, $1.offset, $1.ordinal) }
    for picture in order {
      let places = try store.places(ofPicture: picture.sha256)
      try body(picture.sha256, Result { () throws(SourceError) in try bytes(at: places) })
    }
  }

  private func bytes(at places: [PicturePlace]) throws(SourceError) -> [UInt8] {
    var failure: SourceError?
    for place in places {
      for path in place.paths {
        do throws(SourceError) {
          return try fetcher(at: path).bytes(of: place.member)
        } catch {
          if failure == nil || failure?.code == .missing { failure = error }
        }
      }
    }
    if let failure, failure.code != .missing { throw failure }
    let name = places.first.map { "\($0.source): \(printable($0.member.name))" } ?? "the picture"
    throw SourceError(
      .pictureGone, "It is no longer where it was read; put it back, or ingest it from where it is", path: name)
  }

  private func fetcher(at path: String) throws(SourceError) -> MemberFetcher {
    if let open, open.path == path { return open.fetcher }
    let fetcher = MemberFetcher(try Source(path: path), limits: limits, maximumDecompressed: maximumDecompressed)
    open = (path, fetcher)
    return fetcher
  }
}
