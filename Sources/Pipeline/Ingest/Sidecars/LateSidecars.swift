import Foundation
import StreetCore
package import StreetLedger
import StreetPositions

/// Stores the statements of sidecars about photographs that were read earlier.
package struct LateSidecars {
  private let store: Store
  private let options: PositionOptions

  /// Stores statements in a store.
  package init(_ store: Store, _ options: PositionOptions) { (self.store, self.options) = (store, options) }

  /// Stores a sidecar for the named source, or else for the source whose name the file's name begins with, or else for
  /// the only source; a track applies to all sources. Throws `SidecarFault` if the file can't be used, and
  /// `StoreError`.
  package func take(_ path: String, archive: String?) throws -> SidecarReport {
    let name = URL(fileURLWithPath: path).lastPathComponent
    let bytes = try SidecarFiles.bytes(of: path)
    let sidecar = try named(path) { () throws(SidecarFault) in
      try Sidecar(name: name, bytes: bytes, origin: .beside, timeZone: options.timeZone)
    }
    guard let sidecar else {
      let lacks = Sidecar.lack(name: name, bytes: bytes)
      throw SidecarFault(
        .malformed,
        "It states no positions: "
          + (lacks ?? "it is not a table or JSON with `image`, mapillary_tools' descriptions, or GPX"),
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
    let names = Dictionary(all.map { ($0.identity, $0.name) }) { first, _ in first }
    // Sources that have the same error share one line.
    var faulty: [(fault: SidecarFault, sources: [String])] = []
    for source in sources {
      var reading = SidecarTaking.SidecarReading()
      reading.sidecars = [sidecar]
      var more = try SidecarTaking(store, options).take(reading, ofSource: source, isAgain: true)
      for fault in more.faults {
        if let index = faulty.firstIndex(where: { $0.fault == fault }) {
          faulty[index].sources.append(names[source] ?? source)
        } else {
          faulty.append((fault, [names[source] ?? source]))
        }
      }
      more.faults = []
      report += more
    }
    report.files = 1
    report.faults = faulty.map { fault, names in
      // Errors in the file itself are those of no source.
      guard sources.count > 1, !sidecar.faults.contains(fault) else { return fault }
      return SidecarFault(
        fault.code, "\(Self.listed(names)): \(fault.message)", line: fault.line, path: fault.path)
    }
    // A track that belongs to one of several archives does not cover the others.
    if sources.count > 1, report.pictures > 0 { report.faults = sidecar.faults }
    if report.pictures == 0, report.faults.isEmpty {
      let first = report.firstUnknown.map { "; the first that it names is \(printable($0))" } ?? ""
      throw SidecarFault(.noMatch, "It matches no photograph in the database\(first)", path: path)
    }
    return report
  }

  /// The first names, and the number of the others.
  private static func listed(_ names: [String]) -> String {
    let rest = names.count - 3
    return names.prefix(3).map(printable).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  private func named<T>(_ path: String, _ body: () throws(SidecarFault) -> T) throws(SidecarFault) -> T {
    do throws(SidecarFault) {
      return try body()
    } catch {
      throw SidecarFault(error.code, error.message, line: error.line, path: path)
    }
  }
}
