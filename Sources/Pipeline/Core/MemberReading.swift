/// How a picture ended, and the crops that were made of it; what a process that reads one by itself tells.
package struct MemberReading: Sendable, Codable {
  /// How it ended.
  package var state: MemberOutcome.State
  /// Crops of its numbers, where they are wanted.
  package var crops: [NumberCrop]
  /// What its bytes state of where and when it was taken; nil where they were not looked at for it.
  package var statements: [GeotagStatement]?

  /// A reading from its parts.
  package init(state: MemberOutcome.State, crops: [NumberCrop] = [], statements: [GeotagStatement]? = nil) {
    (self.state, self.crops, self.statements) = (state, crops, statements)
  }
}
