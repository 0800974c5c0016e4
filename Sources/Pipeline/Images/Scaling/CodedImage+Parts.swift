package import DigitNet
package import StreetCore

extension CodedImage {
  /// Parts of the picture, each scaled down to a size. Costs decoding the picture once, down to the lowest part. If it
  /// can be read row by row, memory holds the results only. A part that ends beyond the width continues at the left
  /// end, as in a panorama.
  package func parts(_ wanted: [(part: Box, size: ImageSize)]) throws(ImageError) -> [Image] {
    var scalers = wanted.map { PartScaler($0.part, to: $0.size) }
    try take(&scalers)
    return scalers.compactMap(\.image)
  }

  /// Passes the rows of the picture to the scalers that need them.
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

  /// The union of sorted ranges: ranges that touch or overlap are merged.
  private static func united(_ ranges: [Range<Int>]) -> [Range<Int>] {
    ranges.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { united, range in
      guard let last = united.last, range.lowerBound <= last.upperBound else { return united.append(range) }
      united[united.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
    }
  }

  /// The whole picture scaled so that its longer side has at most `most` pixels; never enlarged.
  package func reduced(toLongerSide most: Int) throws(ImageError) -> Image {
    let whole = Box(left: 0, top: 0, width: size.width, height: size.height)
    guard let image = try parts([(whole, size.reduced(toLongerSide: most))]).first else { throw .outOfMemory }
    return image
  }
}

extension [PartScaler] {
  /// The number of columns by which parts extend beyond the width of the picture.
  func overhang(of size: ImageSize) -> Int { Swift.max(0, (map(\.part.right).max() ?? 0) - size.width) }

  /// Passes the rows of a picture in memory to the scalers.
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
