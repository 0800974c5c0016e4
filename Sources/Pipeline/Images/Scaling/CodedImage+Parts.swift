package import DigitNet
package import StreetCore

extension CodedImage {
  /// Parts of the picture, each made smaller to a size; costs decoding it once, as far down as they reach. Where it can be read
  /// row by row, it takes the memory of the results alone. A part that ends beyond the width goes on at the left end, as in a panorama.
  package func parts(_ wanted: [(part: Box, size: ImageSize)]) throws(ImageError) -> [Image] {
    var scalers = wanted.map { PartScaler($0.part, to: $0.size) }
    try take(&scalers)
    return scalers.compactMap(\.image)
  }

  /// Gives scalers the rows of the picture, as far down as they need them.
  func take(_ scalers: inout [PartScaler]) throws(ImageError) {
    guard let end = scalers.map(\.part.bottom).max() else { return }
    let overhang = scalers.overhang(of: size)
    guard header.isSequential else {
      let image = try image()
      guard overhang > 0 else {
        for index in scalers.indices { scalers[index].take(image) }
        return
      }
      WrappedRows(image, band: overhang).forEachRow { row in
        for index in scalers.indices { scalers[index].take(row) }
      }
      return
    }
    var ends = RowExtension(columns: overhang)
    try forEachRow(upTo: end) { row in
      ends.extend(row) { row in
        for index in scalers.indices { scalers[index].take(row) }
      }
    }
  }

  /// The whole picture, at most as large as it is: its longer side has so many pixels.
  package func reduced(toLongerSide most: Int) throws(ImageError) -> Image {
    let whole = Box(left: 0, top: 0, width: size.width, height: size.height)
    guard let image = try parts([(whole, size.reduced(toLongerSide: most))]).first else { throw .outOfMemory }
    return image
  }
}

extension [PartScaler] {
  /// Columns by which the parts end beyond the width of a picture.
  func overhang(of size: ImageSize) -> Int { Swift.max(0, (map(\.part.right).max() ?? 0) - size.width) }
}
