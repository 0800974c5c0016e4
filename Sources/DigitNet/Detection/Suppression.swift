/// Non-maximum suppression over all pyramid levels at once: of candidates that overlap the strongest stays.
///
/// Overlap is the share of the smaller box, so that a part of a digit, or its echo on another level, is no second digit.
struct Suppression {
  /// In percent of the smaller box.
  let overlap: Int

  /// Costs a sort and a look at the neighbours of each candidate.
  func strongest(of candidates: [Candidate]) -> [Candidate] {
    var kept: [Candidate] = []
    var neighbours: [Tile: [Int]] = [:]
    for candidate in candidates.sorted(by: Candidate.precedes) where candidate.area > 0 {
      let tiles = Tile.under(candidate)
      let hidden = tiles.contains { tile in
        neighbours[tile, default: []].contains { index in
          let other = kept[index]
          return candidate.intersection(other) * 100 > overlap * min(candidate.area, other.area)
        }
      }
      if hidden { continue }
      for tile in tiles { neighbours[tile, default: []].append(kept.count) }
      kept.append(candidate)
    }
    return kept
  }

  /// A square of the picture, by which neighbours are found.
  private struct Tile: Hashable {
    let row, column: Int

    static func under(_ candidate: Candidate) -> [Tile] {
      let side = 64 * Candidate.unit
      func tiles(_ low: Int, _ high: Int) -> ClosedRange<Int> {
        Int((Double(low) / Double(side)).rounded(.down))...Int((Double(high) / Double(side)).rounded(.down))
      }
      return tiles(candidate.top, candidate.bottom).flatMap { row in
        tiles(candidate.left, candidate.right).map { Tile(row: row, column: $0) }
      }
    }
  }
}
