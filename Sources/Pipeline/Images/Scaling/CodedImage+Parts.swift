package import DigitNet
package import StreetCore

extension CodedImage {
  /// Parts of the picture, each made smaller to a size; costs decoding it once. Where it can be read row by row, it takes the
  /// memory of the results alone.
  package func parts(_ wanted: [(part: Box, size: ImageSize)]) throws(ImageError) -> [Image] {
    var scalers = wanted.map { PartScaler($0.part, to: $0.size) }
    try forEachRow { row in
      for index in scalers.indices { scalers[index].take(row) }
    }
    return scalers.compactMap(\.image)
  }

  /// The whole picture, at most as large as it is: its longer side has so many pixels.
  package func reduced(toLongerSide most: Int) throws(ImageError) -> Image {
    let whole = Box(left: 0, top: 0, width: size.width, height: size.height)
    guard let image = try parts([(whole, size.reduced(toLongerSide: most))]).first else { throw .outOfMemory }
    return image
  }
}
