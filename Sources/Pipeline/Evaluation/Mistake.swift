public import DigitNet

/// A number that was read wrongly, was read where there is none, or was not read.
public struct Mistake: Sendable, Hashable {
  /// The picture's place among the labels.
  public var position: Int
  /// The picture's name, as its label has it.
  public var file: String
  /// What was read; nil where nothing was.
  public var read: HouseNumber?
  /// What is right; nil where there is no number.
  public var right: String?
  /// Where the right number or its digits stand; empty where that is not labelled.
  public var places: [Box]
}

extension [Mistake] {
  /// By falling confidence, so that the worst come first; what was not read comes last.
  func surestFirst() -> [Mistake] { sorted { ($0.read?.confidence ?? -1) > ($1.read?.confidence ?? -1) } }
}
