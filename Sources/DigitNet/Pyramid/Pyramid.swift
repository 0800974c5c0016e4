/// The scales at which the network sees a picture: itself, its halvings, and at will itself enlarged twofold.
///
/// A convolutional network is invariant to translation, not to scale: the pyramid brings digits of every height into
/// the octave that the network knows.
public struct Pyramid: Sequence, Sendable {
  /// One scale.
  public struct Level: Sendable {
    /// The picture at this scale.
    public let image: Image
    /// A pixel of this level is `2^exponent` pixels of the picture wide: -1 for the enlarged one, 0 for the picture.
    public let exponent: Int
  }

  /// The picture.
  public let image: Image
  /// Whether the twofold enlargement comes first.
  public let enlarged: Bool
  private let kernels: Kernels

  /// The least height and width of a level: less can't show a digit.
  public static let leastSide = 8

  /// The levels of a picture, from large to small.
  public init(_ image: Image, enlarged: Bool, kernels: Kernels = .best) {
    self.image = image
    self.enlarged = enlarged
    self.kernels = kernels
  }

  /// Makes each level when it is asked for; one level is in memory beside the picture.
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
  /// What of the above decides digits, by name.
  static let constants: [String: [Double]] = ["least_side": [Double(leastSide)]]
}
