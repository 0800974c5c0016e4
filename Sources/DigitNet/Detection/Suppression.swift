/// Non-maximum suppression: of what overlaps the strongest stays.
///
/// Overlap is the share of the smaller box, so that a part of a digit or of a number, or its echo on another level, is no
/// second one.
package struct Suppression {
  /// In percent of the smaller box.
  private let overlap: Int
  /// The side of the squares by which neighbours are found, in the boxes' unit.
  private let side: Int

  /// A suppression of what overlaps by more than a share, in percent, of the smaller box; `pixel` says how many of the boxes'
  /// units a pixel is.
  package init(overlap: Int, pixel: Int = 1) {
    self.overlap = overlap
    side = 64 * pixel
  }

  /// What stays of items that come strongest first; one whose box is empty never does. Costs a look at the neighbours of each.
  package func strongest<Item>(of items: [Item], box: (Item) -> Box) -> [Item] {
    var kept: [(item: Item, box: Box)] = []
    var neighbours: [Tile: [Int]] = [:]
    for item in items {
      let box = box(item)
      guard box.width > 0, box.height > 0 else { continue }
      let tiles = tiles(under: box)
      let isHidden = tiles.contains { tile in
        neighbours[tile, default: []].contains { index in
          let other = kept[index].box
          return 100 * box.intersection(other) > overlap * min(box.area, other.area)
        }
      }
      if isHidden { continue }
      for tile in tiles { neighbours[tile, default: []].append(kept.count) }
      kept.append((item, box))
    }
    return kept.map(\.item)
  }

  /// A square of the picture.
  private struct Tile: Hashable {
    let row, column: Int
  }

  private func tiles(under box: Box) -> [Tile] {
    func tiles(_ low: Int, _ high: Int) -> ClosedRange<Int> {
      Int((Double(low) / Double(side)).rounded(.down))...Int((Double(high) / Double(side)).rounded(.down))
    }
    return tiles(box.top, box.bottom).flatMap { row in
      tiles(box.left, box.right).map { Tile(row: row, column: $0) }
    }
  }
}
