public import DigitNet
public import StreetCore

extension NumberReader {
  /// The numbers in an equirectangular picture of a full turn, by descending confidence. Its left and right ends are
  /// neighbours: the box of a number on the seam begins inside the picture and ends beyond its width.
  public func numbers(inPanorama image: Image, threads: Int = 1) -> [HouseNumber] {
    let seam = Seam(width: image.width)
    return seam.closed(numbers(in: image.wrapped(by: seam.band), threads: threads))
  }

  /// The numbers of a panorama that is read row by row.
  public func numbers<Rows: RowSource>(
    ofPanorama rows: Rows, threads: Int = 1
  ) throws(Rows.Failure) -> [HouseNumber] {
    let seam = Seam(width: rows.size.width)
    return seam.closed(try numbers(of: WrappedRows(rows, band: seam.band), threads: threads))
  }
}
