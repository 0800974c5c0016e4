/// Crops beside each other in one picture, each of them with zeros around it in every layer: they are read as if each were alone,
/// but a layer's weights are fetched once for all of them.
struct CropStrip {
  let image: Image
  let region: Region

  /// How many crops are put together: more gain little, and the rows of all layers have to stay in the caches.
  static let most = 8

  /// Puts crops, all of ``Crop/height`` and whole blocks wide, a block of `side` pixels apart.
  init(_ crops: [Image], side: Int) {
    precondition(crops.allSatisfy { $0.height == Crop.height && $0.width % side == 0 })
    var starts: [Int] = []
    var width = 0
    for crop in crops {
      starts.append(width)
      width += crop.width + side
    }
    var pixels = [UInt8](repeating: 0, count: Image.channels * width * Crop.height)
    for (crop, start) in zip(crops, starts) {
      let bytes = Image.channels * crop.width
      for row in 0..<Crop.height {
        let target = Image.channels * (row * width + start)
        pixels.replaceSubrange(target..<(target + bytes), with: crop.pixels[(row * bytes)..<((row + 1) * bytes)])
      }
    }
    image = Image(width: width, height: Crop.height, pixels: pixels)
    let spans = zip(crops, starts).map { ($1 / side)..<(($1 + $0.width) / side) }
    region = Region(width: width, height: Crop.height, side: side, pictures: spans)
  }
}
