import DigitNet
import DigitNetTraining
import Foundation
import Pipeline

/// One number that is cut out of its picture and changed in several ways.
///
/// A digit counts as detected where the detector's largest output in a cell of the digit's box belongs to its class and
/// has a score of 0.5 or more. The detector sees one scale only, except for the change `pyramid`.
struct LimitTrial {
  /// The property that is changed.
  enum Change: String, CaseIterable {
    /// Rotation, in degrees.
    case rotation
    /// Size, as a power of two, detected at one scale.
    case scale
    /// Size, as a power of two, detected at all scales of the pyramid.
    case pyramid
    /// Shift to the right and down, in pixels each.
    case shift
    /// Brightness, as a power of two.
    case light

    /// The amounts that are tested.
    var amounts: [Double] {
      switch self {
      case .rotation: Array(stride(from: 0, through: 90, by: 5))
      case .scale, .pyramid: Array(stride(from: -2, through: 3, by: 0.5))
      case .shift: Array(stride(from: 0, through: 16, by: 1))
      case .light: Array(stride(from: -5, through: 2, by: 0.5))
      }
    }
  }

  /// A digit, in pixels relative to the middle of the part.
  struct Digit {
    let value: Int
    let x, y, width, height: Double
  }

  private(set) var digits: [Digit]
  private let part: Image
  /// The scale from the picture's pixels to those of the unchanged part.
  private let scale: Double

  /// The height of a digit before a change, in pixels.
  static let height = 26.0
  private static let leastScore = 5000

  /// Cuts out a number; nil where its digits are too small to be scaled to that height.
  init?(_ labelled: [LabelledDigit], in picture: Image) {
    guard !labelled.isEmpty else { return nil }
    let box = Box(around: labelled.map(\.box))
    let height = Double(labelled.reduce(0) { $0 + $1.box.height }) / Double(labelled.count)
    guard height >= Self.height / 2 else { return nil }
    let (x, y) = (box.left + box.width / 2, box.top + box.height / 2)
    let side = max(box.width, box.height) * 3 / 2 + Int(2 * height)
    part = picture.part(left: x - side / 2, top: y - side / 2, side: side)
    scale = Self.height / height
    digits = labelled.map { digit in
      Digit(
        value: digit.value, x: Double(digit.box.left) + Double(digit.box.width) / 2 - Double(x),
        y: Double(digit.box.top) + Double(digit.box.height) / 2 - Double(y), width: Double(digit.box.width),
        height: Double(digit.box.height))
    }
  }

  /// Keeps the digits for which `wanted` is true.
  mutating func keep(_ wanted: [Bool]) { digits = zip(digits, wanted).filter(\.1).map(\.0) }

  /// Whether each digit is detected after a change.
  func seen(_ change: Change, _ amount: Double, by engine: Engine) -> [Bool] {
    let isScaled = change == .scale || change == .pyramid
    let factor = scale * (isScaled ? pow(2, amount) : 1)
    let side = max(Int((Double(part.width) * factor).rounded()), Pyramid.leastSide)
    var picture = part.resampled(to: ImageSize(width: side, height: side))
    let angle = change == .rotation ? amount * .pi / 180 : 0
    let moved = change == .shift ? amount : 0
    if change == .rotation, amount != 0 { picture = picture.turned(by: angle) }
    if change == .shift { picture = picture.part(left: -Int(moved), top: -Int(moved), side: side + Int(moved)) }
    if change == .light { picture = picture.lit(by: pow(2, amount)) }
    let levels = change == .pyramid ? Pyramid(picture, enlarged: true).map { ($0.image, $0.exponent) } : [(picture, 0)]
    let middle = Double(side) / 2 + moved
    var result = digits.map { _ in false }
    for (image, exponent) in levels {
      let output = engine.output(for: image)
      let pixel = pow(2, Double(exponent)) * Double(engine.network.stride)
      for cell in 0..<output.rows * output.columns {
        let logits = output.values[cell * output.channels..<cell * output.channels + 10]
        guard let best = logits.max(), Sigmoid.probability(Int(best)) >= Self.leastScore else { continue }
        // The cell's position before the rotation, in pixels relative to the middle of the part.
        let (across, down) = (
          (Double(cell % output.columns) + 0.5) * pixel - middle, (Double(cell / output.columns) + 0.5) * pixel - middle
        )
        let x = (across * cos(angle) + down * sin(angle)) / factor
        let y = (down * cos(angle) - across * sin(angle)) / factor
        for (place, digit) in digits.enumerated() where logits[logits.startIndex + digit.value] == best {
          if abs(x - digit.x) <= digit.width / 2, abs(y - digit.y) <= digit.height / 2 { result[place] = true }
        }
      }
    }
    return result
  }
}

extension Image {
  /// A square of the picture; outside the picture, its border pixels are repeated.
  fileprivate func part(left: Int, top: Int, side: Int) -> Image {
    changed(width: side, height: side) { x, y, channel in
      let (column, row) = (Swift.min(Swift.max(x + left, 0), width - 1), Swift.min(Swift.max(y + top, 0), height - 1))
      return Double(pixels[(row * width + column) * Image.channels + channel])
    }
  }

  /// The picture rotated clockwise around its middle by bilinear interpolation; its border pixels are repeated outside.
  fileprivate func turned(by angle: Double) -> Image {
    let (middleX, middleY) = (Double(width) / 2, Double(height) / 2)
    return changed(width: width, height: height) { x, y, channel in
      let (across, down) = (Double(x) + 0.5 - middleX, Double(y) + 0.5 - middleY)
      let column = Swift.min(Swift.max(across * cos(angle) + down * sin(angle) + middleX - 0.5, 0), Double(width - 1))
      let row = Swift.min(Swift.max(down * cos(angle) - across * sin(angle) + middleY - 0.5, 0), Double(height - 1))
      let (left, top) = (Swift.min(Int(column), width - 2), Swift.min(Int(row), height - 2))
      func pixel(_ x: Int, _ y: Int) -> Double { Double(pixels[(y * width + x) * Image.channels + channel]) }
      let (right, below) = (column - Double(left), row - Double(top))
      return (pixel(left, top) * (1 - right) + pixel(left + 1, top) * right) * (1 - below)
        + (pixel(left, top + 1) * (1 - right) + pixel(left + 1, top + 1) * right) * below
    }
  }

  /// The picture with every value multiplied by a factor.
  fileprivate func lit(by factor: Double) -> Image {
    Image(width: width, height: height, pixels: pixels.map { UInt8(Swift.min(Double($0) * factor, 255).rounded()) })
  }

  private func changed(width: Int, height: Int, _ value: (_ x: Int, _ y: Int, _ channel: Int) -> Double) -> Image {
    let pixels = (0..<width * height * Image.channels).map { place in
      let pixel = place / Image.channels
      return UInt8(value(pixel % width, pixel / width, place % Image.channels).rounded())
    }
    return Image(width: width, height: height, pixels: pixels)
  }
}
