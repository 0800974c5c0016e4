import Crypto
import Foundation
import StreetCore
import StreetLedger
import StreetPositions

/// Matches the entries of sidecars with the photographs of a source, and its photographs' times with tracks.
struct SidecarMatching {
  private let pictures: [Store.StatedPicture]
  /// The SHA-256 of sidecars whose stored statements stay as they are.
  private let unchanged: Set<String>
  private let options: PositionOptions
  /// The names under which sidecars were stored earlier, by SHA-256.
  private let stored: [String: String]
  /// The MD5 of a photograph's bytes; nil if they are not available.
  private let md5: (Store.StatedPicture) -> String?
  private var byName: [String: [Int]] = [:]
  private var byBaseName: [Substring: [Int]] = [:]

  /// For each photograph, the statements of the sidecars that remain and of those added here.
  private var taken: [[GeotagStatement]]
  private(set) var report = SidecarReport()
  private(set) var kept: [Store.TakenSidecar] = []

  init(
    _ pictures: [Store.StatedPicture], replacing sidecars: Set<String>, keeping unchanged: Set<String>,
    storedAs stored: [String: String], _ options: PositionOptions,
    md5: @escaping (Store.StatedPicture) -> String?
  ) {
    (self.pictures, self.unchanged, self.options, self.md5) = (pictures, unchanged, options, md5)
    self.stored = stored
    taken = pictures.map { picture in
      picture.statements.filter { $0.sidecar.map { !sidecars.contains($0) } ?? true }
    }
    for (index, picture) in pictures.enumerated() {
      byName[picture.name, default: []].append(index)
      byBaseName[baseName(of: picture.name), default: []].append(index)
    }
  }

  /// Adds a sidecar. Tracks must come last, because they are matched by the times that other sidecars state.
  mutating func take(_ sidecar: Sidecar) {
    report.files += 1
    report.faults += sidecar.faults.prefix(Sidecar.maximumFaults)
    var (geotags, contradicted): ([Int: Geotag], Set<Int>) =
      switch sidecar.content {
      case .entries(let entries): take(entries, of: sidecar)
      case .track(let track): (take(track, of: sidecar), [])
      }
    if unchanged.contains(sidecar.sha256) {
      for (index, picture) in pictures.enumerated() where !contradicted.contains(index) {
        let stored = picture.statements.first { $0.origin == sidecar.origin && $0.sidecar == sidecar.sha256 }
        if let stored { geotags[index] = stored.geotag }
      }
    }
    report.pictures += geotags.count
    for (index, geotag) in geotags {
      taken[index].append(GeotagStatement(origin: sidecar.origin, sidecar: sidecar.sha256, geotag: geotag))
    }
    kept.append(
      Store.TakenSidecar(
        name: sidecar.name, sha256: sidecar.sha256, origin: sidecar.origin,
        geotags: geotags.sorted { $0.key < $1.key }.map { (pictures[$0.key].name, pictures[$0.key].sha256, $0.value) }))
  }

  /// The statements of entries, and the photographs of which they state what another entry contradicts.
  private mutating func take(
    _ entries: [SidecarEntry], of sidecar: Sidecar
  ) -> (geotags: [Int: Geotag], contradicted: Set<Int>) {
    var (geotags, lines) = ([Int: Geotag](), [Int: Int]())
    var contradicted: Set<Int> = []
    for entry in entries {
      let found: [Int]
      do throws(SidecarFault) {
        found = try matches(entry)
      } catch {
        add(error, sidecar)
        continue
      }
      if found.isEmpty {
        report.unknown += 1
        report.firstUnknown = report.firstUnknown ?? entry.image
      }
      for index in found {
        let name = printable(pictures[index].name)
        if let before = geotags[index], before.contradicts(entry.geotag) {
          contradicted.insert(index)
          add(
            SidecarFault(
              .conflict, "\(name) has a different entry on line \(lines[index] ?? 0); remove one of them",
              line: entry.line), sidecar)
        } else if let other = taken[index].first(where: {
          $0.origin == sidecar.origin && $0.geotag.contradicts(entry.geotag)
        }) {
          contradicted.insert(index)
          add(
            SidecarFault(
              .conflict,
              "\(name) has a different entry in \(place(of: other))",
              line: entry.line), sidecar)
        } else {
          geotags[index] = entry.geotag
          lines[index] = entry.line
        }
      }
    }
    for index in contradicted { geotags[index] = nil }
    return (geotags, contradicted)
  }

  /// The other file that states something, and the way out: one that was stored earlier may be gone, but a file of the
  /// same name replaces it.
  private func place(of other: GeotagStatement) -> String {
    let sha256 = other.sidecar ?? ""
    if let name = stored[sha256] {
      return "\(printable(name)), which was stored earlier; a corrected file of that name replaces it"
    }
    let name = kept.first { $0.sha256 == sha256 }?.name
    return "\(name.map(printable) ?? "another file"); remove one of them"
  }

  /// The photographs that an entry names: those with its whole name, or else the only one with its base name. If
  /// several photographs of a source have the same whole name, all of them.
  private func matches(_ entry: SidecarEntry) throws(SidecarFault) -> [Int] {
    var found = entry.isByBaseName ? [] : byName[entry.image] ?? []
    if found.isEmpty {
      found = byBaseName[baseName(of: entry.image)] ?? []
      if let wanted = entry.md5 {
        let same = found.filter { md5(pictures[$0]) == wanted }
        guard !same.isEmpty || found.isEmpty else {
          throw SidecarFault(
            .ambiguous,
            "\(printable(entry.image)) is not the file that the entry was written for: its MD5 (md5sum) differs",
            line: entry.line)
        }
        found = same
      }
      let names = Set(found.map { pictures[$0].name })
      guard names.count < 2 || entry.md5 != nil && Set(found.map { pictures[$0].sha256 }).count == 1 else {
        throw SidecarFault(
          .ambiguous, "\(printable(entry.image)) matches \(names.count) photographs; add its folder",
          line: entry.line)
      }
    }
    return found
  }

  private mutating func take(_ track: GPSTrack, of sidecar: Sidecar) -> [Int: Geotag] {
    var geotags: [Int: Geotag] = [:]
    var (instants, gaps) = ([Int](), 0)
    for index in pictures.indices {
      guard let instant = Geotag(choosingFrom: taken[index]).time?.instant else {
        report.timeless += 1
        continue
      }
      let time = instant + options.timeOffset * 1000
      instants.append(time)
      switch track.place(at: time, isBridging: options.bridgesGaps) {
      case .at(let position): geotags[index] = Geotag(position: position)
      case .inGap: gaps += 1
      case .outside: break
      }
    }
    if instants.isEmpty, !pictures.isEmpty {
      add(
        SidecarFault(
          .noMatch, "No photograph has a time with a zone, which matching with a track requires; state the zone"),
        sidecar)
    } else if geotags.isEmpty, gaps == 0, let offset = track.fittingOffset(for: instants) {
      let sum = options.timeOffset + offset
      add(
        SidecarFault(
          .noMatch,
          "The track does not cover the times of the photographs; add \(sum) seconds to their times"),
        sidecar)
    }
    return geotags
  }

  private mutating func add(_ fault: SidecarFault, _ sidecar: Sidecar) {
    if report.faults.count < Sidecar.maximumFaults {
      report.faults.append(SidecarFault(fault.code, fault.message, line: fault.line, path: sidecar.name))
    }
  }
}

extension Geotag {
  /// Whether two statements of one kind contradict each other: they differ by more than about a metre, a degree or a
  /// second.
  fileprivate func contradicts(_ other: Geotag) -> Bool {
    if let a = position, let b = other.position,
      max(abs(a.latitude - b.latitude), abs(a.longitude - b.longitude)) > 100
    {
      return true
    }
    if let a = heading, let b = other.heading, a.reference == b.reference, a.kind == b.kind {
      let difference = abs(a.hundredths - b.hundredths)
      if min(difference, Heading.turn - difference) > 100 { return true }
    }
    if let a = time, let b = other.time, (a.offset == nil) == (b.offset == nil) {
      if abs((a.instant ?? a.milliseconds) - (b.instant ?? b.milliseconds)) > 1000 { return true }
    }
    return false
  }
}
