import StreetArchives
package import StreetCore
import StreetImages
package import StreetLedger

/// Makes the crops that a store lacks, from where its sources lie.
package struct CropBackfill {
  /// What came of it.
  package struct Result: Sendable, Equatable {
    /// Crops that were made.
    package var crops = 0
    /// Pictures that they are of.
    package var pictures = 0
    /// Pictures that are not where they were, or can't be decoded any more.
    package var missing = 0

    /// Nothing.
    package init() {}
  }

  private let store: Store
  private let options: IngestOptions
  private let stop: StopSign

  /// Pictures in one transaction.
  private static let batch = 64

  /// A backfill of a store; the limits are those of an ingest.
  package init(_ store: Store, options: IngestOptions = IngestOptions(), stop: StopSign = StopSign()) {
    (self.store, self.options, self.stop) = (store, options, stop)
  }

  /// Makes them, and tells why one can't be had; what was made stays where it is stopped, which throws `Stopped`.
  package func run(telling tell: (SourceError) -> Void) throws -> Result {
    let heartbeat = Heartbeat(store)
    defer { heartbeat.stop() }
    let pictures = Dictionary(grouping: try store.uncutPictures(), by: \.sha256)
    var (result, made) = (Result(), [(sha256: String, crop: NumberCrop)]())
    // A whole archive is gone through, however large it is.
    let fetcher = PictureFetcher(store, limits: options.sources, mostDecompressed: .max)
    try fetcher.forEach(pictures.keys.sorted()) { sha256, bytes in
      if stop.isRaised {
        try store.keep(made)
        throw Stopped()
      }
      do throws(SourceError) {
        let bytes = try bytes.get()
        let crops = crops(of: bytes, pictures[sha256] ?? [])
        result.crops += crops.count
        result.pictures += crops.isEmpty ? 0 : 1
        result.missing += crops.isEmpty ? 1 : 0
        made += crops.map { (sha256, $0) }
      } catch {
        result.missing += 1
        tell(error)
      }
      guard made.count >= Self.batch else { return }
      try store.keep(made)
      made = []
    }
    try store.keep(made)
    return result
  }

  /// None where the picture can't be decoded, or is turned otherwise than when it was read.
  private func crops(of bytes: [UInt8], _ wanted: [Store.UncutPicture]) -> [NumberCrop] {
    guard let coded = try? CodedImage(bytes, limits: options.images) else { return [] }
    let boxes = wanted.filter { $0.size == coded.size }.flatMap(\.boxes)
    // Those that end beyond the width are of panoramas.
    return (try? CropMaker(boxes: boxes, of: coded.size, wraps: true).crops(of: coded)) ?? []
  }
}
