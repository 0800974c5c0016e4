public import StreetCore
public import StreetImages
public import StreetReading

extension Reader {
  /// The numbers in a coded picture, surest first; the same however it is read.
  public func numbers(in picture: CodedImage, threads: Int = 1) throws(ImageError) -> [HouseNumber] {
    picture.isStreamed
      ? try numbers(of: picture, threads: threads) : numbers(in: try picture.image(), threads: threads)
  }
}
