extension Detector {
  /// A part of a level in which digits are looked for.
  private struct Part: Sendable {
    let level: Int
    let region: Region
  }

  /// The candidates in all levels of a picture, on several threads: first the gate looks everywhere, then the network where a digit
  /// could be. Each time the threads get parts of equal work, of neighbouring rows, so that little is computed twice.
  func candidates(in levels: [Pyramid.Level], of size: ImageSize, threads: Int) -> [Candidate] {
    let scans = levels.map { scan($0, of: size) }
    let whole = zip(levels.indices, levels).map { i, level in
      Part(level: i, region: Region(width: level.image.width, height: level.image.height, side: scans[i].side))
    }
    let bands = levels.map { Band($0.image) }
    let looks = shared(whole, shares: threads) { $0 }
    let narrowed = parallel(looks.count, threads: threads) { i in
      let part = looks[i]
      return Part(level: part.level, region: scans[part.level].narrowed(part.region, of: bands[part.level]))
    }
    let wanted = shared(narrowed, shares: threads) { $0.widened(by: engine.reaches[0], stride: $0.side) }
    let found = parallel(wanted.count, threads: threads) { i in
      scans[wanted[i].level].candidates(in: bands[wanted[i].level], region: wanted[i].region)
    }
    return Array(found.joined())
  }

  /// The same parts, cut between rows of blocks where each of some shares of the work is done; `work` says which blocks of a region
  /// are computed.
  private func shared(_ parts: [Part], shares: Int, work: (Region) -> Region) -> [Part] {
    let loads = parts.map { part in
      let computed = work(part.region)
      return part.region.blockRows.map { row in computed.spans(inRow: row).reduce(0) { $0 + $1.count } }
    }
    let share = max(1, (loads.joined().reduce(0, +) + shares - 1) / shares)
    var (cut, load): ([Part], Int) = ([], 0)
    for (part, loads) in zip(parts, loads) {
      var first = part.region.blockRows.lowerBound
      for (row, rowLoad) in zip(part.region.blockRows, loads) {
        let full = load / share < (load + rowLoad) / share
        load += rowLoad
        if full || row + 1 == part.region.blockRows.upperBound {
          cut.append(Part(level: part.level, region: part.region.part(rows: first..<row + 1)))
          first = row + 1
        }
      }
    }
    return cut
  }
}
