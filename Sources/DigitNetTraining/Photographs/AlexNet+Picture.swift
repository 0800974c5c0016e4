public import DigitNet

extension AlexNet {
  /// Pixels of the shorter side, before the middle is cut out.
  private static let shorterSide = 256

  /// The part of a photograph that it looks at: the shorter side made 256 pixels long, and the square in the middle.
  public func view(of photograph: Image) -> Image {
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

  /// A view in the numbers that the network takes.
  ///
  /// torchvision's are brightness from 0 to 1, less the mean of ImageNet's photographs and over their spread, channel by channel. Those
  /// of 2012 are brightness from 0 to 255 less the mean; the paper takes the mean of each pixel, which files of weights don't hold.
  public func numbers(of view: Image) -> Tensor {
    Tensor(
      images: 1, shape: input,
      values: view.pixels.enumerated().map { place, value in
        let (mean, spread) = (AlexNet.means[place % 3], AlexNet.spreads[place % 3])
        return self == .original ? Float(value) - 255 * mean : (Float(value) / 255 - mean) / spread
      })
  }

  /// Of red, green and blue.
  private static let means: [Float] = [0.485, 0.456, 0.406]
  private static let spreads: [Float] = [0.229, 0.224, 0.225]
}
