import StreetArchives
package import StreetCore
package import StreetLedger
import StreetPositions

/// Reads positions and times from the sources of photographs that were read before these were stored. Does not affect
/// results.
package struct PositionBackfill {
  /// The result of a backfill.
  package struct Result: Sendable, Equatable {
    /// The number of photographs examined.
    package var pictures = 0
    /// The number of photographs that state a position.
    package var positions = 0
    /// The number of photographs that are missing.
    package var missing = 0
    /// The report on sidecars.
    package var sidecars = SidecarReport()

    /// An empty result.
    package init() {}
  }

  private let store: Store
  private let options: IngestOptions
  private let stop: StopSign

  /// Photographs per transaction.
  private static let batch = 256

  /// A backfill of a store with the limits of an ingest.
  package init(_ store: Store, options: IngestOptions = IngestOptions(), stop: StopSign = StopSign()) {
    (self.store, self.options, self.stop) = (store, options, stop)
  }

  /// Examines the photographs not examined yet, and reports errors to `tell`. Throws `Stopped` when stopped; what was
  /// found until then is kept.
  package func run(telling tell: (SourceError) -> Void) throws -> Result {
    let heartbeat = Heartbeat(store)
    defer { heartbeat.stop() }
    var (result, found) = (Result(), [(sha256: String, statements: [GeotagStatement])]())
    let reader = options.positions.reader
    let pictures = try store.unreadHeaders(zoning: options.positions.timeZone != nil)
    let fetcher = PictureFetcher(store, limits: options.sources, maximumDecompressed: .max)
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

  /// Sidecars next to sources or in them may be newer than the readings.
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
