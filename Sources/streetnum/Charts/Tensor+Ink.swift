import DigitNet
import DigitNetTraining

extension Tensor {
  /// Makes a tensor of a picture's brightness from 0 to 1, inverted where the picture is mostly bright.
  init(inkOf picture: Image) {
    let grey = stride(from: 0, to: picture.pixels.count, by: Image.channels).map { place -> Int in
      (77 * Int(picture.pixels[place]) + 150 * Int(picture.pixels[place + 1]) + 29 * Int(picture.pixels[place + 2]))
        >> 8
    }
    let isBright = grey.reduce(0, +) > 127 * grey.count
    self.init(
      images: 1, shape: Shape(rows: picture.height, columns: picture.width, channels: 1),
      values: grey.map { Float(isBright ? 255 - $0 : $0) / 255 })
  }
}
