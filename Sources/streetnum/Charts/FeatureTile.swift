import DigitNet
import DigitNetTraining

/// Draws one feature map or stencil as a small picture.
enum FeatureTile {
  /// The colour scale of the values.
  enum Palette {
    /// From black (0) by red and yellow to white (the largest value); negative values are blue.
    case glow
    /// White for 0, blue for positive and red for negative values; the largest magnitude is darkest.
    case signed
    /// The values are red, green and blue, or one grey. 0 is mid-grey; the largest magnitude is black or white.
    case colours
  }

  /// Draws one channel of a tensor.
  static func channel(_ channel: Int, of tensor: Tensor, _ palette: Palette, side: Int) -> Image {
    let values = stride(from: channel, to: tensor.shape.count, by: tensor.shape.channels).map { tensor.values[$0] }
    return picture(values, channels: 1, rows: tensor.shape.rows, columns: tensor.shape.columns, palette, side: side)
  }

  /// Draws all channels of a tensor, one or three, as colours.
  static func colours(_ tensor: Tensor, _ palette: Palette = .colours, side: Int) -> Image {
    picture(
      tensor.values, channels: tensor.shape.channels, rows: tensor.shape.rows, columns: tensor.shape.columns, palette,
      side: side)
  }

  /// Scales a picture until its longer side has about `side` pixels. Enlargement is by a whole factor, so that pixels
  /// stay squares.
  static func fitted(_ picture: Image, side: Int) -> Image {
    let longer = max(picture.width, picture.height)
    guard longer < side else {
      return picture.resampled(
        to: ImageSize(width: max(1, picture.width * side / longer), height: max(1, picture.height * side / longer)))
    }
    let factor = max(1, (side + longer / 2) / longer)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(picture.pixels.count * factor * factor)
    for row in 0..<picture.height * factor {
      for column in 0..<picture.width * factor {
        let first = (row / factor * picture.width + column / factor) * Image.channels
        pixels += picture.pixels[first..<first + Image.channels]
      }
    }
    return Image(width: picture.width * factor, height: picture.height * factor, pixels: pixels)
  }

  private static func picture(
    _ values: [Float], channels: Int, rows: Int, columns: Int, _ palette: Palette, side: Int
  ) -> Image {
    // A few outliers would make all other values pale.
    let sizes = values.map { abs($0) }.sorted()
    let kept = palette == .signed ? 970 : 998
    let top = max(sizes.isEmpty ? 0 : sizes[min(sizes.count - 1, sizes.count * kept / 1000)], .leastNormalMagnitude)
    var pixels: [UInt8] = []
    for first in stride(from: 0, to: values.count, by: channels) {
      for colour in 0..<Image.channels {
        let value = min(max(values[first + (channels == 1 ? 0 : colour)] / top, -1), 1)
        pixels.append(UInt8(min(max(level(value, colour, palette), 0), 255)))
      }
    }
    return fitted(Image(width: columns, height: rows, pixels: pixels), side: side)
  }

  /// The level from 0 to 255 of red (0), green (1) or blue (2).
  private static func level(_ value: Float, _ colour: Int, _ palette: Palette) -> Float {
    switch palette {
    case .glow: value < 0 ? -value * [40, 90, 200][colour] : value * 765 - Float(colour) * 255
    case .signed: 255 - abs(value) * (value > 0 ? [224, 144, 77] : [38, 156, 225])[colour]
    case .colours: 127.5 + 127.5 * value
    }
  }
}
