package import DigitNet

/// A sheet of small pictures in blocks with captions; the blocks of one row are side by side.
package struct TileSheet {
  /// A block of pictures of one kind.
  package struct Block {
    /// A one-line description.
    package let caption: String
    /// The pictures, all of one size.
    package let tiles: [Image]
    /// The number of pictures per row, at least 1.
    package let columns: Int

    /// A block from its parts.
    package init(caption: String, tiles: [Image], columns: Int) {
      (self.caption, self.tiles, self.columns) = (caption, tiles, columns)
    }

    fileprivate var tile: (width: Int, height: Int) {
      (tiles.map(\.width).max() ?? 0, tiles.map(\.height).max() ?? 0)
    }
    fileprivate var rows: Int { (tiles.count + columns - 1) / columns }
    fileprivate var width: Int { min(columns, tiles.count) * (tile.width + TileSheet.gap) - TileSheet.gap }
    fileprivate var height: Int { rows * (tile.height + TileSheet.gap) - TileSheet.gap }
  }

  private static let (gap, between, margin, line) = (3, 22, 18, 20)
  private static let captionSize = 13.0

  private let title: String
  private let notes: [String]
  private let rows: [[Block]]

  /// A sheet of rows of blocks, with a title and lines of notes.
  package init(title: String, notes: [String], _ rows: [[Block]]) {
    (self.title, self.notes, self.rows) = (title, notes, rows.map { $0.filter { !$0.tiles.isEmpty } })
  }

  /// The drawing; nil if memory is short.
  package func drawn() -> Image? {
    guard let lettering = Lettering() else { return nil }
    func width(_ block: Block) -> Int {
      max(block.width, Int(lettering.width(of: block.caption, size: Self.captionSize)) + 1)
    }
    let wide = rows.map { $0.reduce(-Self.between) { $0 + width($1) + Self.between } }.max() ?? 0
    let texts = ([(title, 22.0)] + notes.map { ($0, Self.captionSize) }).map { lettering.width(of: $0.0, size: $0.1) }
    let head = Self.margin + 26 + notes.count * Self.line + 8
    let heights = rows.map { row in Self.line + 4 + (row.map(\.height).max() ?? 0) + Self.between }
    guard
      var canvas = Canvas(
        width: 2 * Self.margin + max(wide, Int(texts.max() ?? 0) + 1), height: head + heights.reduce(0, +), .paper)
    else { return nil }
    canvas.write(title, left: Double(Self.margin), baseline: Double(Self.margin + 16), size: 22, .black)
    for (place, note) in notes.enumerated() {
      let baseline = Double(Self.margin + 26 + (place + 1) * Self.line - 4)
      canvas.write(note, left: Double(Self.margin), baseline: baseline, size: Self.captionSize, .faint)
    }
    var top = head
    for (row, height) in zip(rows, heights) {
      var left = Self.margin
      for block in row {
        canvas.write(
          block.caption, left: Double(left), baseline: Double(top + Self.line - 6), size: Self.captionSize, .black)
        for (place, tile) in block.tiles.enumerated() {
          canvas.place(
            tile, left: left + place % block.columns * (block.tile.width + Self.gap),
            top: top + Self.line + 4 + place / block.columns * (block.tile.height + Self.gap))
        }
        left += width(block) + Self.between
      }
      top += height
    }
    return canvas.image
  }
}
