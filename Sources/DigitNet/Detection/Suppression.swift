/// Non-maximum suppression: of boxes that overlap, only the strongest is kept.
///
/// Overlap is the intersection divided by the area of the smaller box, unlike intersection over union. A part of a
/// digit or of a number, or the same digit seen on another level, is thus suppressed.
package struct Suppression {
  /// The maximum overlap, in percent of the smaller box.
  private let overlap: Int
  /// The side of the grid squares that index neighbours, in the boxes' unit.
  private let side: Int

  /// `overlap` is the maximum overlap of two boxes that are both kept, in percent of the smaller one; `pixel` is the
  /// number of the boxes' units per pixel.
  package init(overlap: Int, pixel: Int = 1) {
    self.overlap = overlap
    side = 64 * pixel
  }

  /// The items that are kept; items must be sorted by descending strength. An item with an empty box is dropped. Each
  /// item is compared with its neighbours only.
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

  /// A square of the grid.
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
