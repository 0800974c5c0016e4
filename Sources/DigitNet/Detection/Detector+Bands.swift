extension Detector {
  /// A region of one pyramid level to be searched for digits.
  private struct Part: Sendable {
    let level: Int
    let region: Region
  }

  /// The candidates on all levels of a picture, computed on several threads. The gate runs first over everything, then
  /// the detector runs on the regions that the gate left. Each stage is divided into bands of neighbouring rows of
  /// equal work, which keeps the overlap that two bands compute twice small.
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

  /// Splits the parts between rows of blocks into `shares` parts of roughly equal work. `work` returns the blocks of a
  /// region that will be computed.
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
