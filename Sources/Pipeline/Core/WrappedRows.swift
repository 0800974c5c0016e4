package import DigitNet

/// A picture whose right end is followed by a band of its left end, so that objects on the seam of a panorama are in
/// one piece.
package struct WrappedRows<Rows: RowSource>: RowSource {
  private let rows: Rows
  private let band: Int

  /// Repeats the given number of columns of the left end, at most all.
  package init(_ rows: Rows, band: Int) {
    precondition(0...rows.size.width ~= band)
    (self.rows, self.band) = (rows, band)
  }

  /// The size including the band.
  package var size: ImageSize { ImageSize(width: rows.size.width + band, height: rows.size.height) }

  /// Passes each row in turn to `body`, from the top.
  package func forEachRow(_ body: (_ row: UnsafeBufferPointer<UInt8>) -> Void) throws(Rows.Failure) {
    var ends = RowExtension(columns: band)
    try rows.forEachRow { ends.extend($0, body) }
  }
}

extension Image {
  /// The picture followed by a band of its left end. Costs a copy.
  package func wrapped(by band: Int) -> Image {
    let rows = WrappedRows(self, band: band)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(Image.channels * rows.size.pixels)
    rows.forEachRow { pixels.append(contentsOf: $0) }
    return Image(width: rows.size.width, height: rows.size.height, pixels: pixels)
  }
}
