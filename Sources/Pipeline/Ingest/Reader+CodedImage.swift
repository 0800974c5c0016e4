import DigitNet
public import StreetCore
public import StreetImages
import StreetPositions
public import StreetReading

extension NumberReader {
  /// The numbers in a coded picture, surest first; the same however it is read.
  public func numbers(in picture: CodedImage, threads: Int = 1) throws(ImageError) -> [HouseNumber] {
    let isPanorama = isPanorama(picture)
    return picture.isStreamed
      ? try numbers(ofStreamed: picture, isPanorama: isPanorama, threads: threads)
      : numbers(in: try picture.image(), isPanorama: isPanorama, threads: threads)
  }

  /// Whether a picture is read as an equirectangular one of a full turn, across the seam of its two ends: where that is asked for,
  /// or where its XMP says so. The same bytes always say the same, so that this rule belongs to the method as its constants do:
  /// where it changes, ``NumberReader`` counts its revision up.
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

  /// How a picture ends that is read: its numbers, and crops of those that are sure enough where they are wanted. A picture that
  /// is read row by row is decoded once more for them.
  package func reading(
    of picture: CodedImage, threads: Int, crops isCropped: Bool
  ) throws(ImageError) -> MemberReading {
    let (size, isPanorama) = (picture.size, isPanorama(picture))
    guard !picture.isStreamed else {
      let numbers = try numbers(ofStreamed: picture, isPanorama: isPanorama, threads: threads)
      // What could be read has been, whatever becomes of the crops.
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
