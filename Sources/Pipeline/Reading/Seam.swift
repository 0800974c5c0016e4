import DigitNet
import StreetCore

/// Where the two ends of a panorama of a full turn meet.
///
/// Such a picture is read with a band of its left end repeated at its right end, so that the numbers of the band are seen twice.
/// One of the two may be cut by an end of the longer picture; the one that begins far from both ends stays.
struct Seam {
  /// Columns of the panorama.
  private let width: Int
  /// Columns that are repeated; numbers of up to half of it are read on the seam.
  let band: Int

  /// The share of the width that is repeated: 45 degrees.
  private static let bandShare = 8
  /// Numbers that share this part of the smaller one's box, in percent, are one that was seen at both ends.
  private static let seamOverlap = 50

  /// The seam of a panorama.
  init(width: Int) { (self.width, band) = (width, width / Seam.bandShare) }

  /// The numbers of the panorama, surest first, of those of the longer picture: each once, its box beginning in the panorama.
  func closed(_ numbers: [HouseNumber]) -> [HouseNumber] {
    // Where a number begins decides which of its two sightings counts. Two readings of one number may differ by a few pixels, so
    // that a sighting a little outside counts where there is no other.
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

  /// Whether two boxes cover the same place, one maybe a turn further.
  private func isSame(_ a: Box, _ b: Box) -> Bool {
    [-width, 0, width].contains { turn in
      var turned = b
      turned.left += turn
      return 100 * a.intersection(turned) > Seam.seamOverlap * min(a.area, b.area)
    }
  }
}

extension Seam {
  /// What of the above decides numbers, by name; see ``NumberReader/identity``.
  static let constants: [String: [Double]] = [
    "band_share": [Double(bandShare)], "seam_overlap": [Double(seamOverlap)],
  ]
}

extension HouseNumber {
  /// The same number so many columns further to the right.
  fileprivate func moved(by columns: Int) -> HouseNumber {
    HouseNumber(
      digits: digits.map { digit in
        var moved = digit
        moved.box.left += columns
        return moved
      }, confidence: confidence)
  }

  /// Surest first; the rest is for an order that depends on nothing else.
  func precedes(_ other: HouseNumber) -> Bool {
    (other.confidence, box, text) < (confidence, other.box, other.text)
  }
}
