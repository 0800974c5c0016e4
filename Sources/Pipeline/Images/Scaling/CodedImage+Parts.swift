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

  /// Gives scalers the rows of the picture that they need.
  func take(_ scalers: inout [PartScaler]) throws(ImageError) {
    guard !scalers.isEmpty else { return }
    guard header.isSequential else {
      scalers.take(try image())
      return
    }
    var ends = RowExtension(columns: scalers.overhang(of: size))
    try forEachRow(in: CodedImage.united(scalers.map { $0.part.top..<$0.part.bottom })) { place, row in
      ends.extend(row) { row in
        for index in scalers.indices { scalers[index].take(row, at: place) }
      }
    }
  }

  /// The same rows, in order; ranges that touch or overlap are one.
  private static func united(_ ranges: [Range<Int>]) -> [Range<Int>] {
    ranges.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { united, range in
      guard let last = united.last, range.lowerBound <= last.upperBound else { return united.append(range) }
      united[united.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
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

  /// Takes a picture that is in memory.
  mutating func take(_ image: Image) {
    let overhang = overhang(of: image.size)
    guard overhang > 0 else {
      for index in indices { self[index].take(image) }
      return
    }
    var place = 0
    WrappedRows(image, band: overhang).forEachRow { row in
      for index in indices { self[index].take(row, at: place) }
      place += 1
    }
  }
}
