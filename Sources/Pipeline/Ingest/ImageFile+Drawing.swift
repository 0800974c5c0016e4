package import DigitNet
import StreetCore
import StreetImages
package import StreetReading

extension ImageFile {
  /// The picture, scaled down if its longer side exceeds `most` pixels. Memory never holds a large picture as a whole.
  package func reduced(toLongerSide most: Int) throws(ImageFileError) -> Image {
    try named { () throws(ImageError) in try coded.reduced(toLongerSide: most) }
  }

  /// The detector's evidence at each level of the picture's pyramid.
  package func evidence(_ reader: NumberReader) throws(ImageFileError) -> [EvidenceMap] {
    try named { () throws(ImageError) in try reader.detector.evidence(of: coded) }
  }
}
