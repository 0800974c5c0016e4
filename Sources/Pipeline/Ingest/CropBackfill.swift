import StreetArchives
package import StreetCore
import StreetImages
package import StreetLedger

/// Makes the crops that are missing in a store from the original sources.
package struct CropBackfill {
  /// The result of a backfill.
  package struct Result: Sendable, Equatable {
    /// The number of crops made.
    package var crops = 0
    /// The number of pictures with new crops.
    package var pictures = 0
    /// The number of pictures that are missing or can no longer be decoded.
    package var missing = 0

    /// An empty result.
    package init() {}
  }

  private let store: Store
  private let options: IngestOptions
  private let stop: StopSign

  /// Pictures per transaction.
  private static let batch = 64

  /// A backfill of a store with the limits of an ingest.
  package init(_ store: Store, options: IngestOptions = IngestOptions(), stop: StopSign = StopSign()) {
    (self.store, self.options, self.stop) = (store, options, stop)
  }

  /// Makes the crops, and reports errors of pictures to `tell`. Throws `Stopped` when stopped; crops made until then
  /// are kept.
  package func run(telling tell: (SourceError) -> Void) throws -> Result {
    let heartbeat = Heartbeat(store)
    defer { heartbeat.stop() }
    let pictures = Dictionary(grouping: try store.uncutPictures(), by: \.sha256)
    var (result, made) = (Result(), [(sha256: String, crop: NumberCrop)]())
    // Archives are read completely, however large they are.
    let fetcher = PictureFetcher(store, limits: options.sources, maximumDecompressed: .max)
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

  /// The crops; empty if the picture can't be decoded, or has another orientation than when it was read.
  private func crops(of bytes: [UInt8], _ wanted: [Store.UncutPicture]) -> [NumberCrop] {
    guard let coded = try? CodedImage(bytes, limits: options.images) else { return [] }
    let boxes = wanted.filter { $0.size == coded.size }.flatMap(\.boxes)
    // Boxes that end beyond the width belong to panoramas.
    return (try? CropMaker(boxes: boxes, of: coded.size, wraps: true).crops(of: coded)) ?? []
  }
}
