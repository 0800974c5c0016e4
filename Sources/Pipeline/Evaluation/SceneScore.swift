package import StreetCore

/// The score of the numbers found in scenes. A number is correct if its text equals the label's and the boxes have an
/// intersection over union of at least 0.5.
package struct SceneScore: Sendable {
  /// The number of scenes.
  package let scenes: Int
  /// The pixels of all scenes; 0 if no size is known.
  package let pixels: Int
  /// Correct numbers among those found.
  package let precision: Share
  /// Correct numbers among those labelled.
  package let recall: Share
  /// The precision for each coverage.
  package let curve: CoverageCurve
  /// The calibration of the confidences.
  package let reliability: Reliability
  /// The misread, false and missed numbers, by descending confidence.
  package let mistakes: [Mistake]

  /// The number of incorrect numbers.
  package var falseNumbers: Int { precision.count - precision.hits }
  /// Incorrect numbers per scene.
  package var falsePerScene: Double { Double(falseNumbers) / Double(max(scenes, 1)) }
  /// Incorrect numbers per million pixels; nil if no size is known.
  package var falsePerMegapixel: Double? { pixels > 0 ? Double(falseNumbers) / Double(pixels) * 1e6 : nil }

  /// Scores the numbers found in each scene.
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
