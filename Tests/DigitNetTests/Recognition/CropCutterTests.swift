import DigitNet
import TestSupport
import Testing

@Suite struct CropCutterTests {
  @Test func cropsOfAStreamedPictureEqualThoseOfThePicture() throws {
    var generator = SeededGenerator(seed: 17)
    for (width, height) in [(631, 403), (97, 200), (33, 31)] {
      let image = Image.random(width: width, height: height, using: &generator)
      let crops = Set(
        (0..<60).map { _ in
          let tall = Int.random(in: 6...max(7, height - 1), using: &generator)
          return Crop(
            around: (0..<Int.random(in: 1...4, using: &generator)).map { digit in
              Box(
                left: Int.random(in: -5..<width, using: &generator) + digit * tall / 2,
                top: Int.random(in: -5..<height, using: &generator), width: max(1, tall * 2 / 3), height: tall)
            })
        })
      let cut = CropCutter(kernels: .best).cut(crops, from: image)
      #expect(cut.count == crops.count)
      for crop in crops { #expect(cut[crop] == crop.pixels(of: image), "\(width) x \(height), \(crop)") }
    }
  }
}
