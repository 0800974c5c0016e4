/// The scales at which the network sees a picture: the picture, its halvings, and optionally the picture enlarged
/// twofold.
///
/// A convolutional network is invariant to translation but not to scale. The pyramid brings digits of every height into
/// the octave of heights that the network was trained on.
public struct Pyramid: Sequence, Sendable {
  /// One scale.
  public struct Level: Sendable {
    /// The picture at this scale.
    public let image: Image
    /// A pixel of this level is `2^exponent` pixels of the picture wide: -1 is the enlarged level, 0 the picture.
    public let exponent: Int
  }

  /// The picture.
  public let image: Image
  /// Whether the first level is the twofold enlargement.
  public let enlarged: Bool
  private let kernels: Kernels

  /// The minimum height and width of a level; a smaller one can't show a digit.
  public static let leastSide = 8

  /// The levels of a picture, from large to small.
  public init(_ image: Image, enlarged: Bool, kernels: Kernels = .best) {
    self.image = image
    self.enlarged = enlarged
    self.kernels = kernels
  }

  /// Each level is computed when it is requested; one level at a time is in memory besides the picture.
  public func makeIterator() -> AnyIterator<Level> {
    var next: Level? = Level(image: enlarged ? image.enlarged() : image, exponent: enlarged ? -1 : 0)
    return AnyIterator {
      guard let level = next else { return nil }
      if level.exponent < 0 {
        next = Level(image: image, exponent: 0)
      } else {
        next = level.image.halved(kernels: kernels).flatMap { half in
          Swift.min(half.width, half.height) < Pyramid.leastSide
            ? nil : Level(image: half, exponent: level.exponent + 1)
        }
      }
      return level
    }
  }
}

extension Pyramid {
  /// The constants of this file that affect which digits are found, by name.
  static let constants: [String: [Double]] = ["least_side": [Double(leastSide)]]
}
