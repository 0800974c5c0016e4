public import DigitNet

extension AlexNet {
  /// The length of the shorter side in pixels, before the centre crop.
  private static let shorterSide = 256
  /// The maximum ratio of a photograph's sides; what lies outside of it is far from the centre, and not scaled.
  private static let maximumRatio = 16

  /// The network's view of a photograph: scaled to a shorter side of 256 pixels, then cropped to a square in the
  /// centre.
  public func view(of photograph: Image) -> Image {
    let photograph = AlexNet.middle(of: photograph)
    let (width, height) = (photograph.width, photograph.height)
    let side = AlexNet.shorterSide
    let size =
      width < height
      ? ImageSize(width: side, height: side * height / width) : ImageSize(width: side * width / height, height: side)
    let small = photograph.resampled(to: size)
    return small.cropped(
      to: Box(
        left: (small.width - input.columns) / 2, top: (small.height - input.rows) / 2, width: input.columns,
        height: input.rows))
  }

  /// The middle of a photograph whose longer side is more than ``maximumRatio`` times the shorter one, else all of it.
  private static func middle(of photograph: Image) -> Image {
    let (width, height) = (photograph.width, photograph.height)
    let most = maximumRatio * min(width, height)
    guard max(width, height) > most else { return photograph }
    return photograph.cropped(
      to: Box(
        left: max(0, width - most) / 2, top: max(0, height - most) / 2, width: min(width, most),
        height: min(height, most)))
  }

  /// A view as the network's input.
  ///
  /// torchvision's input is the brightness from 0 to 1, minus the mean of ImageNet's photographs and divided by their
  /// standard deviation, per channel. The network of 2012 takes the brightness from 0 to 255 minus the mean. The paper
  /// subtracts the mean of each pixel, which weight files don't contain, so the channel's mean is used.
  public func numbers(of view: Image) -> Tensor {
    Tensor(
      images: 1, shape: input,
      values: view.pixels.enumerated().map { place, value in
        let (mean, spread) = (AlexNet.means[place % 3], AlexNet.spreads[place % 3])
        return self == .original ? Float(value) - 255 * mean : (Float(value) / 255 - mean) / spread
      })
  }

  /// Means and standard deviations of red, green and blue.
  private static let means: [Float] = [0.485, 0.456, 0.406]
  private static let spreads: [Float] = [0.229, 0.224, 0.225]
}
