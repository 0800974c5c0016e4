import Foundation
import StreetCore
package import StreetLedger
import StreetPositions

/// Takes over files that state positions of photographs which were read before.
package struct LateSidecars {
  private let store: Store
  private let options: PositionOptions

  /// Takes over into a store.
  package init(_ store: Store, _ options: PositionOptions) { (self.store, self.options) = (store, options) }

  /// Takes over a file for the source that is named, else for the one that the file's name begins with, else for the only one; a track
  /// for all. Throws `SidecarFault` where the file can't be taken, and `StoreError`.
  package func take(_ path: String, archive: String?) throws -> SidecarReport {
    let name = URL(fileURLWithPath: path).lastPathComponent
    let bytes = try SidecarFiles.bytes(of: path)
    let sidecar = try named(path) { () throws(SidecarFault) in
      try Sidecar(name: name, bytes: bytes, origin: .beside, timeZone: options.timeZone)
    }
    guard let sidecar else {
      throw SidecarFault(
        .malformed,
        "It states no positions: neither a table or JSON with `image`, nor mapillary_tools' descriptions, nor GPX",
        path: path)
    }
    let all = try store.sourceNames()
    var sources = try archive.map { [try store.source(named: $0).identity] } ?? []
    if archive == nil {
      sources = all.filter { SidecarFiles.names(for: $0.name).contains(name) }.map(\.identity)
      if sources.isEmpty, all.count == 1 || sidecar.origin == .track { sources = all.map(\.identity) }
    }
    guard sources.count == 1 || sidecar.origin == .track && !sources.isEmpty else {
      throw SidecarFault(.ambiguous, "It may belong to any of \(all.count) archives; name one", path: path)
    }
    var report = SidecarReport()
    for source in sources {
      var reading = SidecarTaking.SidecarReading()
      reading.sidecars = [sidecar]
      report += try SidecarTaking(store, options).take(reading, ofSource: source, isAgain: true)
    }
    report.files = 1
    // A track that is of one of several archives is at other times than the rest.
    if sources.count > 1, report.pictures > 0 { report.faults = sidecar.faults }
    if report.pictures == 0, report.faults.isEmpty {
      throw SidecarFault(.noMatch, "It states nothing of a photograph that is known", path: path)
    }
    return report
  }

  private func named<T>(_ path: String, _ body: () throws(SidecarFault) -> T) throws(SidecarFault) -> T {
    do throws(SidecarFault) {
      return try body()
    } catch {
      throw SidecarFault(error.code, error.message, line: error.line, path: path)
    }
  }
}
