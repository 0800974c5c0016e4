import DigitNet
package import StreetCore

/// How many digits were found, and how many of the found ones are digits: the same digit, boxes that overlap by half (IoU).
package struct DigitScore: Sendable, Hashable {
  /// Rightly found digits among those found.
  package let precision: Share
  /// Rightly found digits among those labelled.
  package let recall: Share

  /// The harmonic mean of both, 0...1; 0 where no digit was found rightly.
  package var f1: Double {
    precision.hits == 0 ? 0 : 2 * precision.value * recall.value / (precision.value + recall.value)
  }

  /// Scores the digits found in each picture, a surer number's first; nil where a picture's digits are not labelled.
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
