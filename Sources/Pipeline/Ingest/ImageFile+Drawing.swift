package import DigitNet
import StreetCore
import StreetImages
package import StreetReading

extension ImageFile {
  /// The picture, made smaller where its longer side has more pixels; of a large one no more is in memory than that.
  package func reduced(toLongerSide most: Int) throws(ImageFileError) -> Image {
    try named { () throws(ImageError) in try coded.reduced(toLongerSide: most) }
  }

  /// What the detector sees at each level of the picture's pyramid.
  package func evidence(_ reader: NumberReader) throws(ImageFileError) -> [EvidenceMap] {
    try named { () throws(ImageError) in try reader.detector.evidence(of: coded) }
  }
}
