package import DigitNet

/// The result of applying decisions to the readings of a picture.
package struct Resolution: Sendable, Hashable {
  /// A number as read in a result set.
  package struct Reading: Sendable, Hashable {
    /// The text that was read.
    package var text: String
    /// The confidence in 1/10,000.
    package var confidence: Int
    /// The box.
    package var box: Box

    /// A reading from its parts.
    package init(text: String, confidence: Int, box: Box) {
      (self.text, self.confidence, self.box) = (text, confidence, box)
    }
  }

  /// A place in the picture that has a reading, a decision or both.
  package struct Spot: Sendable, Hashable {
    /// The reading; nil if nothing was read here.
    package var reading: Reading?
    /// The box of the reading or, without one, of the decision.
    package var box: Box
    /// The latest decision of each reviewer, the one that applies first; without skips.
    package var claims: [Decision] = []
    /// Reviewers who skipped the place and have not decided.
    package var skippers: [String] = []

    /// The number at this place: the decision's, or else the reading's.
    package var text: String? { claims.isEmpty ? reading?.text : claims[0].text }

    /// Whether reviewers disagree.
    package var differs: Bool { Set(claims.map(\.text)).count > 1 }

    /// The review state; nil if nobody decided.
    package var state: ReviewState? {
      guard let decision = claims.first else { return skippers.isEmpty ? nil : .skipped }
      guard let text = decision.text else { return .notANumber }
      guard let reading else { return .added }
      return text == reading.text ? .confirmed : .corrected
    }
  }

  /// The places of the readings in their order, then the places with decisions only, latest first.
  package private(set) var spots: [Spot]
  /// The decision that the picture is complete; nil if none is in force.
  package private(set) var completion: Decision?

  /// Applies each decision to the place with the largest intersection over union, at least 0.5; a decision without such
  /// a place makes a new one. Of places with equal overlap, the first is used.
  package init(_ decisions: some Sequence<Decision>, readings: [Reading]) {
    spots = readings.map { Spot(reading: $0, box: $0.box) }
    for decision in decisions.inForce() {
      guard let box = decision.box else {
        if completion == nil, decision.verdict == .complete { completion = decision }
        continue
      }
      guard let index = place(of: box) ?? newPlace(for: decision, box) else { continue }
      let reviewer = decision.reviewer
      guard !spots[index].claims.contains(where: { $0.reviewer == reviewer }) else { continue }
      spots[index].skippers.removeAll { $0 == reviewer }
      if decision.verdict.isClaim {
        spots[index].claims.append(decision)
      } else {
        spots[index].skippers.append(reviewer)
      }
    }
  }

  /// Makes a place without a reading, for a decision that says whether there is a number; a skip makes none.
  private mutating func newPlace(for decision: Decision, _ box: Box) -> Int? {
    guard decision.verdict.isClaim else { return nil }
    spots.append(Spot(reading: nil, box: box))
    return spots.count - 1
  }

  /// The place whose box has the largest intersection over union with a box, at least 0.5.
  package func place(of box: Box) -> Int? {
    var best: (index: Int, overlap: Double)?
    for (index, spot) in spots.enumerated() {
      let overlap = spot.box.intersectionOverUnion(box)
      if overlap >= Box.sameThing, overlap > best?.overlap ?? 0 { best = (index, overlap) }
    }
    return best?.index
  }
}
