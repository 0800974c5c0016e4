import StreetArchives
package import StreetCore
package import StreetLedger
import StreetPositions

/// Reads where and when photographs were taken that were read before it was looked for, from where their sources lie. Changes no
/// result.
package struct PositionBackfill {
  /// What came of it.
  package struct Result: Sendable, Equatable {
    /// Photographs that were looked at.
    package var pictures = 0
    /// Those of them that state a position.
    package var positions = 0
    /// Those that are not where they were.
    package var missing = 0
    /// What came of files beside and in the sources.
    package var sidecars = SidecarReport()

    /// Nothing.
    package init() {}
  }

  private let store: Store
  private let options: IngestOptions
  private let stop: StopSign

  /// Photographs in one transaction.
  private static let batch = 256

  /// A backfill of a store; the limits are those of an ingest.
  package init(_ store: Store, options: IngestOptions = IngestOptions(), stop: StopSign = StopSign()) {
    (self.store, self.options, self.stop) = (store, options, stop)
  }

  /// Looks at the photographs that were not, and tells why one can't be had; what was found stays where it is stopped, which throws
  /// `Stopped`.
  package func run(telling tell: (SourceError) -> Void) throws -> Result {
    let heartbeat = Heartbeat(store)
    defer { heartbeat.stop() }
    var (result, found) = (Result(), [(sha256: String, statements: [GeotagStatement])]())
    let reader = options.positions.reader
    let pictures = try store.unreadHeaders(zoning: options.positions.timeZone != nil)
    let fetcher = PictureFetcher(store, limits: options.sources, mostDecompressed: .max)
    try fetcher.forEach(pictures) { sha256, bytes in
      if stop.isRaised {
        try store.keep(headers: found)
        throw Stopped()
      }
      do throws(SourceError) {
        let statements = reader.statements(in: try bytes.get())
        found.append((sha256, statements))
        result.pictures += 1
        result.positions += statements.contains { $0.geotag.position != nil } ? 1 : 0
      } catch {
        result.missing += 1
        tell(error)
      }
      guard found.count >= Self.batch else { return }
      try store.keep(headers: found)
      found = []
    }
    try store.keep(headers: found)
    try takeSidecars(&result)
    return result
  }

  /// Files that lie beside sources, or in them, may be younger than what was read.
  private func takeSidecars(_ result: inout Result) throws {
    let taking = SidecarTaking(store, options.positions, limits: options.sources)
    for place in try store.sourcePlaces() {
      if stop.isRaised { throw Stopped() }
      for path in place.paths {
        guard let source = try? Source(path: path), source.kind != .stream else { continue }
        result.sidecars += try taking.take(
          taking.files(of: source, place.identity), ofSource: place.identity, isAgain: true)
        break
      }
    }
  }
}
