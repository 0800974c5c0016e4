/// Several crops side by side in one picture, with zero padding between them in every layer. Each is read exactly as it
/// would be alone, but a layer's weights are loaded once for all of them.
struct CropStrip {
  let image: Image
  let region: Region

  /// The maximum crops per strip. More gain little, and the rows of all layers must fit the caches.
  static let most = 8

  /// Joins crops of ``Crop/height``, each a whole number of blocks wide, with one block of `side` pixels between them.
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
