import Crypto
import Foundation
import StreetCore
import StreetLedger
import StreetPositions

/// Finds out which photographs of a source the entries of files are of, and where a track was at their times.
struct SidecarMatching {
  private let pictures: [Store.StatedPicture]
  private let options: PositionOptions
  /// The MD5 of a photograph's bytes; nil where these can't be had.
  private let md5: (Store.StatedPicture) -> String?
  private var byName: [String: [Int]] = [:]
  private var byBaseName: [Substring: [Int]] = [:]

  /// Statements by photograph: what files that stay state, and what was taken here.
  private var taken: [[GeotagStatement]]
  private(set) var report = SidecarReport()
  private(set) var kept: [Store.TakenSidecar] = []

  init(
    _ pictures: [Store.StatedPicture], replacing sidecars: Set<String>, _ options: PositionOptions,
    md5: @escaping (Store.StatedPicture) -> String?
  ) {
    (self.pictures, self.options, self.md5) = (pictures, options, md5)
    taken = pictures.map { picture in
      picture.statements.filter { $0.sidecar.map { !sidecars.contains($0) } ?? true }
    }
    for (index, picture) in pictures.enumerated() {
      byName[picture.name, default: []].append(index)
      byBaseName[SidecarMatching.baseName(picture.name), default: []].append(index)
    }
  }

  /// Takes a file. Tracks come last: they go by the times that the others state.
  mutating func take(_ sidecar: Sidecar) {
    report.files += 1
    report.faults += sidecar.faults.prefix(Sidecar.mostFaults)
    let geotags: [Int: Geotag] =
      switch sidecar.content {
      case .entries(let entries): take(entries, of: sidecar)
      case .track(let track): take(track, of: sidecar)
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

  private mutating func take(_ entries: [SidecarEntry], of sidecar: Sidecar) -> [Int: Geotag] {
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
      if found.isEmpty { report.unknown += 1 }
      for index in found {
        let name = printable(pictures[index].name)
        if let before = geotags[index], before.contradicts(entry.geotag) {
          contradicted.insert(index)
          add(
            SidecarFault(
              .conflict, "\(name) is stated otherwise on line \(lines[index] ?? 0); leave one of them",
              line: entry.line), sidecar)
        } else if let other = taken[index].first(where: {
          $0.origin == sidecar.origin && $0.geotag.contradicts(entry.geotag)
        }) {
          contradicted.insert(index)
          add(
            SidecarFault(
              .conflict,
              "\(name) is stated otherwise by another file (SHA-256 \(other.sidecar?.prefix(12) ?? "")); leave one of them",
              line: entry.line), sidecar)
        } else {
          geotags[index] = entry.geotag
          lines[index] = entry.line
        }
      }
    }
    for index in contradicted { geotags[index] = nil }
    return geotags
  }

  /// The photographs that an entry is of: that of its name, or the only one of the name's last part; several of one name in one
  /// source are all.
  private func matches(_ entry: SidecarEntry) throws(SidecarFault) -> [Int] {
    var found = entry.isByBaseName ? [] : byName[entry.image] ?? []
    if found.isEmpty {
      found = byBaseName[SidecarMatching.baseName(entry.image)] ?? []
      if let wanted = entry.md5 {
        let same = found.filter { md5(pictures[$0]) == wanted }
        guard !same.isEmpty || found.isEmpty else {
          throw SidecarFault(
            .ambiguous, "\(printable(entry.image)) has other bytes here than those that it was written for (md5sum)",
            line: entry.line)
        }
        found = same
      }
      let names = Set(found.map { pictures[$0].name })
      guard names.count < 2 || entry.md5 != nil && Set(found.map { pictures[$0].sha256 }).count == 1 else {
        throw SidecarFault(
          .ambiguous, "\(printable(entry.image)) may be any of \(names.count) photographs; name its folder",
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
          .noMatch, "No photograph has a time with a zone, by which the track could place it; say which zone it is"),
        sidecar)
    } else if geotags.isEmpty, gaps == 0, let offset = track.fittingOffset(for: instants) {
      let sum = options.timeOffset + offset
      add(
        SidecarFault(
          .noMatch,
          "The whole track is at other times than the photographs; \(sum) seconds added to theirs would fit"), sidecar)
    }
    return geotags
  }

  private mutating func add(_ fault: SidecarFault, _ sidecar: Sidecar) {
    if report.faults.count < Sidecar.mostFaults {
      report.faults.append(SidecarFault(fault.code, fault.message, line: fault.line, path: sidecar.name))
    }
  }

  /// What stands behind the last slash. By bytes: a slash and an accent would be one Character.
  private static func baseName(_ path: String) -> Substring {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path[...] }
    return path[path.utf8.index(after: slash)...]
  }
}

extension Geotag {
  /// Whether two statements of one kind can't both be so: more than about a metre, a degree or a second lies between them.
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
