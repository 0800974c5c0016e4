package import StreetCore

/// How well the numbers of scenes were found: a found number is right where its text is the label's and the boxes overlap
/// by half (IoU).
package struct SceneScore: Sendable {
  /// How many scenes there are.
  package let scenes: Int
  /// Pixels of all scenes together; 0 where no size is known.
  package let pixels: Int
  /// Right numbers among those found.
  package let precision: Share
  /// Rightly found numbers among those labelled.
  package let recall: Share
  /// How many numbers can be kept at which precision.
  package let curve: CoverageCurve
  /// How well the confidences hold.
  package let reliability: Reliability
  /// Misread, invented and missed numbers, the surest first.
  package let mistakes: [Mistake]

  /// Found numbers that are not right.
  package var falseNumbers: Int { precision.count - precision.hits }
  /// False numbers for each scene.
  package var falsePerScene: Double { Double(falseNumbers) / Double(max(scenes, 1)) }
  /// False numbers for each million pixels; nil where no size is known.
  package var falsePerMegapixel: Double? { pixels > 0 ? Double(falseNumbers) / Double(pixels) * 1e6 : nil }

  /// Scores what was found in each scene.
  package init(_ scenes: [LabelledScene], found: [[HouseNumber]]) {
    precondition(scenes.count == found.count)
    var judgements: [Judgement] = []
    var mistakes: [Mistake] = []
    for (position, (scene, numbers)) in zip(scenes, found).enumerated() {
      func mistake(_ read: HouseNumber?, _ label: LabelledNumber?) -> Mistake {
        Mistake(
          position: position, file: scene.file, read: read, right: label?.text,
          places: label.map { [$0.box] } ?? [])
      }
      let matching = SceneMatching(scene, found: numbers)
      judgements += matching.readings.map { Judgement(confidence: $0.number.confidence, isRight: $0.isRight) }
      mistakes += matching.readings.filter { !$0.isRight }.map { mistake($0.number, $0.label) }
      mistakes += matching.missed.map { mistake(nil, $0) }
    }
    let (hits, total) = (judgements.count(where: \.isRight), scenes.reduce(0) { $0 + $1.numbers.count })
    self.scenes = scenes.count
    pixels = scenes.reduce(0) { $0 + ($1.pixels ?? 0) }
    precision = Share(hits, of: judgements.count)
    recall = Share(hits, of: total)
    curve = CoverageCurve(judgements)
    reliability = Reliability(judgements)
    self.mistakes = mistakes.surestFirst()
  }
}
