package import DigitNet
package import StreetCore

/// A misread, false or missed number.
package struct Mistake: Sendable, Hashable {
  /// The index of the picture's label.
  package var position: Int
  /// The picture's name in its label.
  package var file: String
  /// The number that was read; nil if it was missed.
  package var read: HouseNumber?
  /// The correct number; nil if there is none.
  package var right: String?
  /// The boxes of the correct number or its digits; empty if they are not labelled.
  package var places: [Box]
}

extension [Mistake] {
  /// Sorted by descending confidence, so that the worst mistakes come first and missed numbers last.
  func surestFirst() -> [Mistake] { sorted { ($0.read?.confidence ?? -1) > ($1.read?.confidence ?? -1) } }
}
