import DigitNet
public import StreetCore
public import StreetImages
public import StreetReading

extension NumberReader {
  /// The numbers in a coded picture, surest first; the same however it is read.
  public func numbers(in picture: CodedImage, threads: Int = 1) throws(ImageError) -> [HouseNumber] {
    picture.isStreamed
      ? try numbers(ofStreamed: picture, threads: threads)
      : numbers(in: try picture.image(), of: picture, threads: threads)
  }

  /// Whether a picture is read as an equirectangular one of a full turn: across the seam of its two ends.
  package func isPanorama(_ picture: CodedImage) -> Bool { readsPanoramas || picture.isPanorama }

  private func numbers(ofStreamed picture: CodedImage, threads: Int) throws(ImageError) -> [HouseNumber] {
    isPanorama(picture)
      ? try numbers(ofPanorama: picture, threads: threads) : try numbers(of: picture, threads: threads)
  }

  private func numbers(in image: Image, of picture: CodedImage, threads: Int) -> [HouseNumber] {
    isPanorama(picture) ? numbers(inPanorama: image, threads: threads) : numbers(in: image, threads: threads)
  }

  /// How a picture ends that is read: its numbers, and crops of those that are sure enough where they are wanted. A picture that
  /// is read row by row is decoded once more for them.
  package func reading(
    of picture: CodedImage, threads: Int, crops isCropped: Bool
  ) throws(ImageError) -> MemberReading {
    let (size, wraps) = (picture.size, isPanorama(picture))
    guard !picture.isStreamed else {
      let numbers = try numbers(ofStreamed: picture, threads: threads)
      // What could be read has been, whatever becomes of the crops.
      let crops = isCropped ? try? CropMaker(numbers, of: size, wraps: wraps).crops(of: picture) : []
      return MemberReading(state: .done(width: size.width, height: size.height, numbers: numbers), crops: crops ?? [])
    }
    let image = try picture.image()
    let numbers = numbers(in: image, of: picture, threads: threads)
    return MemberReading(
      state: .done(width: size.width, height: size.height, numbers: numbers),
      crops: isCropped ? CropMaker(numbers, of: size, wraps: wraps).crops(of: image) : [])
  }
}
