package import DigitNet
import Foundation
package import StreetCore

/// Cuts small pictures of numbers from photographs.
///
/// Costs about 100,000 pixels per number, however large it is, and encoding the result.
package struct CropMaker {
  private let size: ImageSize
  private let boxes: [Box]
  private var scalers: [PartScaler]

  /// The JPEG quality, 0...100; a crop is about 4 kB.
  private static let quality = 72
  /// The maximum number of pixels, in each direction, that are averaged for one pixel of a crop; in a large part, other
  /// pixels are left out.
  private static let maximumSamples = 2

  /// Cuts the numbers with sufficient confidence from a picture of the given size; see ``init(boxes:of:wraps:)``.
  package init(_ numbers: [HouseNumber], of size: ImageSize, wraps: Bool = false) {
    self.init(
      boxes: numbers.filter { $0.confidence >= NumberCrop.minimumConfidence }.map(\.box), of: size, wraps: wraps)
  }

  /// Cuts the surroundings of boxes; boxes outside the picture are left out. If `wraps`, the picture is a panorama of a
  /// full turn, and boxes may end beyond its width.
  package init(boxes: [Box], of size: ImageSize, wraps: Bool = false) {
    self.size = size
    let end = wraps ? 2 * size.width : size.width
    self.boxes = Set(boxes).filter {
      0..<size.width ~= $0.left && $0.top >= 0 && $0.right <= end && $0.bottom <= size.height
    }.sorted()
    scalers = self.boxes.map { box in
      let part = box.surrounded(in: size)
      let target = ImageSize(width: part.width, height: part.height).reduced(toLongerSide: NumberCrop.longerSide)
      return PartScaler(part, to: target, step: max(1, part.width / (Self.maximumSamples * target.width)))
    }
  }

  /// Whether there are no crops.
  package var isEmpty: Bool { boxes.isEmpty }

  /// The crops from a picture in memory.
  package func crops(of image: Image) -> [NumberCrop] {
    var maker = self
    maker.scalers.take(image)
    return maker.made
  }

  /// The crops from an encoded picture. Costs decoding it down to the lowest crop, row by row if possible.
  package func crops(of picture: CodedImage) throws(ImageError) -> [NumberCrop] {
    var maker = self
    try picture.take(&maker.scalers)
    return maker.made
  }

  /// The crops; one for which memory is short is left out, because it can be made later.
  private var made: [NumberCrop] {
    zip(boxes, scalers).compactMap { box, scaler in
      scaler.image.flatMap { ImageEncoder.jpeg($0, quality: Self.quality) }.map { jpeg in
        NumberCrop(box: box, part: scaler.part, jpeg: Data(jpeg))
      }
    }
  }
}
