import DigitNet
import StreetCore

/// The seam of a panorama of a full turn, where its left and right ends meet.
///
/// The picture is read with a band of its left end repeated at its right end, so the numbers in the band are read
/// twice. One of the two readings may be cut off at an end of the wider picture; the one that begins far from both ends
/// is kept.
struct Seam {
  /// The width of the panorama in pixels.
  private let width: Int
  /// The width of the repeated band; a number on the seam may be up to half as wide.
  let band: Int

  /// The divisor of the width that gives the band: 8 for 45 degrees.
  private static let bandShare = 8
  /// The minimum overlap, in percent of the smaller box, of two readings of the same number at both ends.
  private static let seamOverlap = 50

  /// The seam of a panorama of the given width.
  init(width: Int) { (self.width, band) = (width, width / Seam.bandShare) }

  /// The numbers of the panorama, by descending confidence, from the numbers of the wider picture: each once, with a
  /// box that begins inside the panorama.
  func closed(_ numbers: [HouseNumber]) -> [HouseNumber] {
    // The position where a number begins decides which of its two readings is kept. Two readings may differ by a few
    // pixels, so a reading that begins slightly outside is kept if there is no other.
    let home = band / 2..<band / 2 + width
    let known = band / 4..<band / 4 + width + band / 2
    let ranked = numbers.filter { known.contains($0.box.left) }
      .map { (isHome: home.contains($0.box.left), number: $0.box.left < width ? $0 : $0.moved(by: -width)) }
      .sorted { a, b in a.isHome != b.isHome ? a.isHome : a.number.precedes(b.number) }
      .map(\.number)
    var kept: [HouseNumber] = []
    for number in ranked where !kept.contains(where: { isSame($0.box, number.box) }) { kept.append(number) }
    return kept.sorted { $0.precedes($1) }
  }

  /// Whether two boxes cover the same place, up to a shift by a full turn.
  private func isSame(_ a: Box, _ b: Box) -> Bool {
    [-width, 0, width].contains { turn in
      var turned = b
      turned.left += turn
      return 100 * a.intersection(turned) > Seam.seamOverlap * min(a.area, b.area)
    }
  }
}

extension Seam {
  /// The constants of this file that affect which numbers are read, by name; see ``NumberReader/identity``.
  static let constants: [String: [Double]] = [
    "band_share": [Double(bandShare)], "seam_overlap": [Double(seamOverlap)],
  ]
}

extension HouseNumber {
  /// The number shifted to the right by the given number of columns.
  fileprivate func moved(by columns: Int) -> HouseNumber {
    HouseNumber(
      digits: digits.map { digit in
        var moved = digit
        moved.box.left += columns
        return moved
      }, confidence: confidence)
  }

  /// Sorts by descending confidence; the other keys make the order total and therefore reproducible.
  func precedes(_ other: HouseNumber) -> Bool {
    (other.confidence, box, text) < (confidence, other.box, other.text)
  }
}
