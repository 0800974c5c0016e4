package import DigitNet
package import StreetCore

/// A number that was read wrongly, was read where there is none, or was not read.
package struct Mistake: Sendable, Hashable {
  /// The picture's place among the labels.
  package var position: Int
  /// The picture's name, as its label has it.
  package var file: String
  /// What was read; nil where nothing was.
  package var read: HouseNumber?
  /// What is right; nil where there is no number.
  package var right: String?
  /// Where the right number or its digits stand; empty where that is not labelled.
  package var places: [Box]
}

extension [Mistake] {
  /// By falling confidence, so that the worst come first; what was not read comes last.
  func surestFirst() -> [Mistake] { sorted { ($0.read?.confidence ?? -1) > ($1.read?.confidence ?? -1) } }
}
