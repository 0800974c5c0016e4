import DigitNet
import StreetCore

/// Which numbers found in a scene are which of its labelled ones.
struct SceneMatching {
  /// A found number, whether it is right, and the labelled number that it stands for or was mistaken for.
  struct Reading {
    var number: HouseNumber
    var isRight: Bool
    var label: LabelledNumber?
  }

  /// All that was found, surest first.
  private(set) var readings: [Reading] = []
  /// Labelled numbers in whose place nothing was found.
  private(set) var missed: [LabelledNumber]

  /// Matches the surest number first, with the labelled one that it overlaps most and that is not yet found.
  ///
  /// It is right where the texts agree and the boxes overlap by half (IoU). What is wrong but overlaps so stands for the
  /// labelled number, unless a less sure one reads that rightly.
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
