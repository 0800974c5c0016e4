import DigitNet
public import StreetCore
public import StreetImages
public import StreetReading

extension NumberReader {
  /// The numbers in a coded picture, surest first; the same however it is read.
  public func numbers(in picture: CodedImage, threads: Int = 1) throws(ImageError) -> [HouseNumber] {
    picture.isStreamed
      ? try numbers(of: picture, threads: threads) : numbers(in: try picture.image(), threads: threads)
  }

  /// How a picture ends that is read: its numbers, and crops of those that are sure enough where they are wanted. A picture that
  /// is read row by row is decoded once more for them.
  package func reading(
    of picture: CodedImage, threads: Int, crops isCropped: Bool
  ) throws(ImageError) -> MemberReading {
    let size = picture.size
    guard !picture.isStreamed else {
      let numbers = try numbers(of: picture, threads: threads)
      // What could be read has been, whatever becomes of the crops.
      let crops = isCropped ? try? CropMaker(numbers, of: size).crops(of: picture) : []
      return MemberReading(state: .done(width: size.width, height: size.height, numbers: numbers), crops: crops ?? [])
    }
    let image = try picture.image()
    let numbers = numbers(in: image, threads: threads)
    return MemberReading(
      state: .done(width: size.width, height: size.height, numbers: numbers),
      crops: isCropped ? CropMaker(numbers, of: size).crops(of: image) : [])
  }
}
