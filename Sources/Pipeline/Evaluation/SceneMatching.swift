import DigitNet
import StreetCore

/// Matches the numbers found in a scene with the labelled ones.
struct SceneMatching {
  /// A number found, whether it is correct, and the labelled number that it matches.
  struct Reading {
    var number: HouseNumber
    var isRight: Bool
    var label: LabelledNumber?
  }

  /// The numbers found, by descending confidence.
  private(set) var readings: [Reading] = []
  /// The labelled numbers that no number found matches.
  private(set) var missed: [LabelledNumber]

  /// Matches the most confident number first, with the labelled number of the largest intersection over union that is
  /// not yet matched.
  ///
  /// A number is correct if the texts are equal and the intersection over union is at least 0.5. A wrong number with
  /// that overlap matches the label too, unless a less confident number at the same place is correct.
  init(_ scene: LabelledScene, found: [HouseNumber]) {
    var open = scene.numbers.map(Optional.some)
    var places: [Int?] = []
    for number in found.sorted(by: { $0.confidence > $1.confidence }) {
      let best = open.indices.compactMap { index in
        open[index].map { (index: index, label: $0, overlap: $0.box.intersectionOverUnion(number.box)) }
      }.max { $0.overlap < $1.overlap }
      let isThere = best.map { $0.overlap >= Box.sameThing } ?? false
      let isRight = isThere && best?.label.text == number.text
      if isRight, let best { open[best.index] = nil }
      readings.append(Reading(number: number, isRight: isRight, label: isRight ? best?.label : nil))
      places.append(isThere && !isRight ? best?.index : nil)
    }
    for (reading, place) in places.enumerated() {
      guard let place, let label = open[place] else { continue }
      readings[reading].label = label
      open[place] = nil
    }
    missed = open.compactMap { $0 }
  }
}
