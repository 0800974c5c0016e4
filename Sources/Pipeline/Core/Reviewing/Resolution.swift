package import DigitNet

/// What decisions say of a picture and of the numbers that were read in it.
package struct Resolution: Sendable, Hashable {
  /// A number as it was read, in a result set.
  package struct Reading: Sendable, Hashable {
    /// The number's text.
    package var text: String
    /// How sure it is, in 1/10,000.
    package var confidence: Int
    /// Where it stands.
    package var box: Box

    /// A reading from its parts.
    package init(text: String, confidence: Int, box: Box) {
      (self.text, self.confidence, self.box) = (text, confidence, box)
    }
  }

  /// A place in the picture at which something was read or decided.
  package struct Spot: Sendable, Hashable {
    /// What was read there; nil where nothing was.
    package var reading: Reading?
    /// The box of the reading, else that of the decision.
    package var box: Box
    /// The latest decision of each reviewer on it, the one that decides first; skips are not among them.
    package var claims: [Decision] = []
    /// Reviewers who skipped it and have not decided.
    package var skippers: [String] = []

    /// The number that stands there: the decision's, else the one that was read.
    package var text: String? { claims.isEmpty ? reading?.text : claims[0].text }

    /// Whether the reviewers say different things.
    package var differs: Bool { Set(claims.map(\.text)).count > 1 }

    /// What became of it; nil where nobody decided.
    package var state: ReviewState? {
      guard let decision = claims.first else { return skippers.isEmpty ? nil : .skipped }
      guard let text = decision.text else { return .notANumber }
      guard let reading else { return .added }
      return text == reading.text ? .confirmed : .corrected
    }
  }

  /// The readings' places in their order, then those at which something was decided alone, the latest first.
  package private(set) var spots: [Spot]
  /// The decision that the picture is complete; nil where there is none in force.
  package private(set) var completion: Decision?

  /// Applies decisions to readings: each one to the place whose box it overlaps most, by half at least (IoU); what overlaps none
  /// is a place of its own. Of places that are equally good the first counts.
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

  /// Where nothing was read, a place begins with the decision that a number stands there, or does not; a skip is of nothing.
  private mutating func newPlace(for decision: Decision, _ box: Box) -> Int? {
    guard decision.verdict.isClaim else { return nil }
    spots.append(Spot(reading: nil, box: box))
    return spots.count - 1
  }

  /// The place that a box overlaps most, by half at least.
  package func place(of box: Box) -> Int? {
    var best: (index: Int, overlap: Double)?
    for (index, spot) in spots.enumerated() {
      let overlap = spot.box.intersectionOverUnion(box)
      if overlap >= Box.sameThing, overlap > best?.overlap ?? 0 { best = (index, overlap) }
    }
    return best?.index
  }
}
