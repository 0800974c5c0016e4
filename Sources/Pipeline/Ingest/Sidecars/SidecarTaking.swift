import Crypto
import Foundation
package import StreetArchives
import StreetCore
package import StreetLedger
package import StreetPositions

/// Takes over what files state of the photographs of one source; no photograph is read for it, but where a file names its MD5.
package struct SidecarTaking {
  private let store: Store
  private let options: PositionOptions
  private let limits: SourceLimits

  /// Takes over into a store.
  package init(_ store: Store, _ options: PositionOptions, limits: SourceLimits = SourceLimits()) {
    (self.store, self.options, self.limits) = (store, options, limits)
  }

  /// Files of a source that are its own: beside it, and members of it.
  package func files(of source: Source, _ identity: String) throws -> SidecarReading {
    var reading = SidecarReading()
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
      // One that can't be had is no picture, and was told of as one that is ignored.
      guard let bytes = try? fetcher.unknownBytes(at: member, limit: Sidecar.mostBytes) else { continue }
      reading.take { () throws(SidecarFault) in
        try Sidecar(name: member.name, bytes: bytes, origin: .inside, timeZone: options.timeZone)
      }
    }
    return reading
  }

  /// Files that were read, and those that could not be.
  package struct SidecarReading {
    /// Those that state positions.
    package var sidecars: [Sidecar] = []
    /// Why others can't be read.
    package var faults: [SidecarFault] = []

    /// Nothing.
    package init() {}

    mutating func take(_ read: () throws(SidecarFault) -> Sidecar?) {
      do throws(SidecarFault) {
        if let sidecar = try read() { sidecars.append(sidecar) }
      } catch {
        faults.append(error)
      }
    }
  }

  /// Keeps what files state of a source. Those that are known are passed over, unless the source is a folder, whose photographs may
  /// be others now, or `isAgain`.
  package func take(
    _ reading: SidecarReading, ofSource identity: String, isAgain: Bool = false
  ) throws -> SidecarReport {
    var report = SidecarReport()
    report.faults = reading.faults
    let known = try store.sidecars(ofSource: identity)
    let isFolder = identity.hasPrefix("folder:")
    let due = isAgain || isFolder || reading.sidecars.contains { known[$0.name] != $0.sha256 }
    guard due, !reading.sidecars.isEmpty else {
      // What is wrong in the files themselves is said each time.
      report.faults += reading.sidecars.flatMap(\.faults)
      return report
    }
    let pictures = try store.pictures(ofSource: identity)
    let fetcher = PictureFetcher(store, limits: limits, mostDecompressed: .max)
    var sums: [String: String?] = [:]
    let replaced = Set(reading.sidecars.compactMap { known[$0.name] })
    var matching = SidecarMatching(pictures, replacing: replaced, options) { picture in
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
    return report
  }
}

extension Ingest {
  /// Takes over what files beside a source and in it state of its photographs, and tells of it.
  func takeSidecars(of source: Source, _ identity: String) throws -> SidecarReport {
    guard options.positions.isOn else { return SidecarReport() }
    let taking = SidecarTaking(store, options.positions, limits: options.sources)
    let report = try taking.take(taking.files(of: source, identity), ofSource: identity)
    if report != SidecarReport() { watch(.positions(source: source.name, report)) }
    return report
  }
}
