import Crypto
import Foundation
package import StreetArchives
import StreetCore
package import StreetLedger
package import StreetPositions

/// Stores the statements of sidecars about the photographs of one source. Photographs are only read if a sidecar gives
/// MD5 checksums.
package struct SidecarTaking {
  private let store: Store
  private let options: PositionOptions
  private let limits: SourceLimits

  /// Stores statements in a store.
  package init(_ store: Store, _ options: PositionOptions, limits: SourceLimits = SourceLimits()) {
    (self.store, self.options, self.limits) = (store, options, limits)
  }

  /// The error of each table next to a source that is named for it alone and names none of its members, if the source
  /// was read to its end. Costs an index lookup per table, unless there is such an error.
  package func unmatched(_ reading: SidecarReading, _ identity: String) throws -> [SidecarFault] {
    guard let path = reading.source else { return [] }
    return try reading.sidecars.compactMap { sidecar in
      guard sidecar.origin == .beside, case .entries(let entries) = sidecar.content, let first = entries.first,
        try !store.isStated(bySidecar: sidecar.sha256), try store.isReadToEnd(identity),
        SidecarFiles.belongs(sidecar.name, toOnly: path, leavingOut: store.paths)
      else { return nil }
      let named = Set(entries.map { baseName(of: $0.image) })
      guard try !store.hasMember(ofSource: identity, where: { named.contains(baseName(of: $0)) }) else { return nil }
      let source = printable(URL(fileURLWithPath: path).lastPathComponent)
      return SidecarFault(
        .noMatch,
        "It matches no photograph of \(source); the first that it names is \(printable(first.image)); correct `image`",
        path: sidecar.name)
    }
  }

  /// The sidecars of a source: files next to it, and members of it.
  package func files(of source: Source, _ identity: String) throws -> SidecarReading {
    var reading = SidecarReading()
    reading.source = source.path
    for path in SidecarFiles.paths(beside: source.path) {
      let name = URL(fileURLWithPath: path).lastPathComponent
      reading.take { () throws(SidecarFault) in
        try Sidecar(name: name, bytes: SidecarFiles.bytes(of: path), origin: .beside, timeZone: options.timeZone)
      }
    }
    guard source.kind == .archive || source.kind == .folder else { return reading }
    let members = try store.membersInside(identity, endingWith: Sidecar.extensions)
    let fetcher = MemberFetcher(source, limits: limits)
    for member in members {
      // A member that is not available is skipped; it has been reported as ignored.
      guard let bytes = try? fetcher.unknownBytes(at: member, limit: Sidecar.maximumBytes) else { continue }
      reading.take { () throws(SidecarFault) in
        try Sidecar(name: member.name, bytes: bytes, origin: .inside, timeZone: options.timeZone)
      }
    }
    return reading
  }

  /// The sidecars that were read, and the errors of those that could not be.
  package struct SidecarReading {
    /// The sidecars.
    package var sidecars: [Sidecar] = []
    /// The errors.
    package var faults: [SidecarFault] = []
    /// The path of the source beside which they are; nil if they came on their own.
    package var source: String?

    /// An empty reading.
    package init() {}

    mutating func take(_ read: () throws(SidecarFault) -> Sidecar?) {
      do throws(SidecarFault) {
        if let sidecar = try read() { sidecars.append(sidecar) }
      } catch {
        faults.append(error)
      }
    }
  }

  /// Stores the statements of sidecars about a source. Known sidecars are skipped, unless photographs have been read
  /// since they were stored, which `hasMore` or the time of a set's end says: then they are matched with those, and
  /// their other statements stay as they were made, maybe with other options. If `isAgain`, all statements are made
  /// again.
  package func take(
    _ reading: SidecarReading, ofSource identity: String, isAgain: Bool = false, hasMore: Bool = false
  ) throws -> SidecarReport {
    var report = SidecarReport()
    report.faults = reading.faults
    let known = try store.sidecars(ofSource: identity)
    let newFiles = reading.sidecars.count { known[$0.name] != $0.sha256 }
    let isDue =
      try isAgain || hasMore || newFiles > 0
      || store.isReadSince(sidecars: reading.sidecars.map(\.name), ofSource: identity)
    guard isDue, !reading.sidecars.isEmpty else {
      // Errors in the files themselves are reported every time.
      report.faults += try reading.sidecars.flatMap(\.faults) + unmatched(reading, identity)
      return report
    }
    let pictures = try store.pictures(ofSource: identity)
    let fetcher = PictureFetcher(store, limits: limits, maximumDecompressed: .max)
    var sums: [String: String?] = [:]
    let replaced = Set(reading.sidecars.compactMap { known[$0.name] })
    let kept = isAgain ? [] : replaced.intersection(reading.sidecars.map(\.sha256))
    let given = Set(reading.sidecars.map(\.name))
    let stored = Dictionary(known.filter { !given.contains($0.key) }.map { ($0.value, $0.key) }) { min($0, $1) }
    var matching = SidecarMatching(
      pictures, replacing: replaced, keeping: kept, storedAs: stored, options
    ) { picture in
      if let sum = sums[picture.sha256] { return sum }
      let bytes = try? fetcher.bytes(ofPicture: picture.sha256)
      let sum = bytes.map { hexadecimal(Insecure.MD5.hash(data: $0)) }
      sums[picture.sha256] = .some(sum)
      return sum
    }
    for sidecar in reading.sidecars where sidecar.origin != .track { matching.take(sidecar) }
    for sidecar in reading.sidecars where sidecar.origin == .track { matching.take(sidecar) }
    try store.keep(matching.kept, ofSource: identity)
    report += matching.report
    report.newFiles = newFiles
    report.faults += try unmatched(reading, identity)
    return report
  }
}

extension Ingest {
  /// Stores the statements of sidecars next to a source and in it, and reports the result. `hasMore` if photographs of
  /// the source have just been read. A folder's are matched every time, because its photographs may have changed.
  func takeSidecars(
    of source: Source, _ identity: String, hasMore: Bool = false, isRetry: Bool = false
  ) throws -> SidecarReport {
    guard options.positions.isOn else { return SidecarReport() }
    let taking = SidecarTaking(store, options.positions, limits: options.sources)
    var report = try taking.take(
      taking.files(of: source, identity), ofSource: identity, isAgain: source.kind == .folder && !isRetry,
      hasMore: hasMore)
    if hasMore || report.files > 0 { report.placed = try store.placedCount(ofSource: identity) }
    if report != SidecarReport() { watch(.positions(source: source.name, report)) }
    return report
  }
}
