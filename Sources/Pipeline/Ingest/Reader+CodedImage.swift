import DigitNet
public import StreetCore
public import StreetImages
import StreetPositions
public import StreetReading

extension NumberReader {
  /// The numbers in an encoded picture, by descending confidence; the same whether it is read as a whole or row by row.
  public func numbers(in picture: CodedImage, threads: Int = 1) throws(ImageError) -> [HouseNumber] {
    let isPanorama = isPanorama(picture)
    return picture.isStreamed
      ? try numbers(ofStreamed: picture, isPanorama: isPanorama, threads: threads)
      : numbers(in: try picture.image(), isPanorama: isPanorama, threads: threads)
  }

  /// Whether a picture is read as an equirectangular panorama of a full turn, across its seam: on request, or if its
  /// XMP says so. This depends only on the bytes, so the rule is part of the method like its constants; a change of it
  /// increments ``NumberReader``'s revision.
  package func isPanorama(_ picture: CodedImage) -> Bool {
    readsPanoramas || GeotagReader().geotag(of: picture.bytes)?.panorama?.isFullTurn == true
  }

  private func numbers(
    ofStreamed picture: CodedImage, isPanorama: Bool, threads: Int
  ) throws(ImageError) -> [HouseNumber] {
    isPanorama
      ? try numbers(ofPanorama: picture, threads: threads) : try numbers(of: picture, threads: threads)
  }

  private func numbers(in image: Image, isPanorama: Bool, threads: Int) -> [HouseNumber] {
    isPanorama ? numbers(inPanorama: image, threads: threads) : numbers(in: image, threads: threads)
  }

  /// The final state of a picture: its numbers and, on request, crops of those with sufficient confidence. A picture
  /// that is read row by row is decoded once more for the crops.
  package func reading(
    of picture: CodedImage, threads: Int, crops isCropped: Bool
  ) throws(ImageError) -> MemberReading {
    let (size, isPanorama) = (picture.size, isPanorama(picture))
    guard !picture.isStreamed else {
      let numbers = try numbers(ofStreamed: picture, isPanorama: isPanorama, threads: threads)
      // The readings are kept even if the crops fail.
      let crops = isCropped ? try? CropMaker(numbers, of: size, wraps: isPanorama).crops(of: picture) : []
      return MemberReading(state: .done(width: size.width, height: size.height, numbers: numbers), crops: crops ?? [])
    }
    let image = try picture.image()
    let numbers = numbers(in: image, isPanorama: isPanorama, threads: threads)
    return MemberReading(
      state: .done(width: size.width, height: size.height, numbers: numbers),
      crops: isCropped ? CropMaker(numbers, of: size, wraps: isPanorama).crops(of: image) : [])
  }
}
