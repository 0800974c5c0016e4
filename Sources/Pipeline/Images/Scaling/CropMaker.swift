package import DigitNet
import Foundation
package import StreetCore

/// Cuts small pictures of numbers out of photographs.
///
/// Costs a look at some 100,000 pixels for each number, however large it is, and coding the result.
package struct CropMaker {
  private let size: ImageSize
  private let boxes: [Box]
  private var scalers: [PartScaler]

  /// JPEG's own scale, 0...100: some 4 kB for a crop.
  private static let quality = 72
  /// Pixels of the photograph, each way, that a pixel of a crop is the mean of, at most; of a large part others are left out.
  private static let mostSamples = 2

  /// Cuts the numbers that are sure enough out of a picture of a size; see ``init(boxes:of:wraps:)``.
  package init(_ numbers: [HouseNumber], of size: ImageSize, wraps: Bool = false) {
    self.init(
      boxes: numbers.filter { $0.confidence >= NumberCrop.leastConfidence }.map(\.box), of: size, wraps: wraps)
  }

  /// Cuts the surroundings of boxes; those that do not lie in the picture are left out. A picture that `wraps` is a panorama of a
  /// full turn: boxes may end beyond its width there.
  package init(boxes: [Box], of size: ImageSize, wraps: Bool = false) {
    self.size = size
    let end = wraps ? 2 * size.width : size.width
    self.boxes = Set(boxes).filter {
      0..<size.width ~= $0.left && $0.top >= 0 && $0.right <= end && $0.bottom <= size.height
    }.sorted()
    scalers = self.boxes.map { box in
      let part = box.surrounded(in: size)
      let target = ImageSize(width: part.width, height: part.height).reduced(toLongerSide: NumberCrop.longerSide)
      return PartScaler(part, to: target, step: max(1, part.width / (Self.mostSamples * target.width)))
    }
  }

  /// Whether there is nothing to cut.
  package var isEmpty: Bool { boxes.isEmpty }

  /// The crops of a picture that is in memory.
  package func crops(of image: Image) -> [NumberCrop] {
    var maker = self
    maker.scalers.take(image)
    return maker.made
  }

  /// The crops of a coded picture; costs decoding it as far down as they reach, row by row where that can be done.
  package func crops(of picture: CodedImage) throws(ImageError) -> [NumberCrop] {
    var maker = self
    try picture.take(&maker.scalers)
    return maker.made
  }

  /// One that memory is short for is left out: it can be made later.
  private var made: [NumberCrop] {
    zip(boxes, scalers).compactMap { box, scaler in
      scaler.image.flatMap { ImageEncoder.jpeg($0, quality: Self.quality) }.map { jpeg in
        NumberCrop(box: box, part: scaler.part, jpeg: Data(jpeg))
      }
    }
  }
}
