import DigitNet
package import StreetCore

/// The precision and recall of digits. A digit is correct if its value equals the label's and the boxes have an
/// intersection over union of at least 0.5.
package struct DigitScore: Sendable, Hashable {
  /// Correct digits among those found.
  package let precision: Share
  /// Correct digits among those labelled.
  package let recall: Share

  /// The harmonic mean of precision and recall, 0...1; 0 if no digit is correct.
  package var f1: Double {
    precision.hits == 0 ? 0 : 2 * precision.value * recall.value / (precision.value + recall.value)
  }

  /// Scores the digits found in each picture, whose numbers are sorted by descending confidence; nil if a picture has
  /// no labelled digits.
  package init?(_ photographs: [LabelledPhotograph], found: [[HouseNumber]]) {
    var (hits, claimed, total) = (0, 0, 0)
    for (photograph, numbers) in zip(photographs, found) {
      guard var open = photograph.digits else { return nil }
      total += open.count
      for digit in numbers.flatMap(\.digits) {
        claimed += 1
        let best = open.indices.filter { open[$0].value == digit.value }
          .map { (index: $0, overlap: open[$0].box.intersectionOverUnion(digit.box)) }
          .max { $0.overlap < $1.overlap }
        guard let best, best.overlap >= Box.sameThing else { continue }
        open.remove(at: best.index)
        hits += 1
      }
    }
    precision = Share(hits, of: claimed)
    recall = Share(hits, of: total)
  }
}
