/// How a picture ended, and the crops that were made of it; what a process that reads one by itself tells.
package struct MemberReading: Sendable, Codable {
  /// How it ended.
  package var state: MemberOutcome.State
  /// Crops of its numbers, where they are wanted.
  package var crops: [NumberCrop]

  /// A reading from its parts.
  package init(state: MemberOutcome.State, crops: [NumberCrop] = []) { (self.state, self.crops) = (state, crops) }
}
