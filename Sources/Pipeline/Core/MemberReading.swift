/// The final state of a picture and the crops made from it: the output of a process that reads a single picture.
package struct MemberReading: Sendable, Codable {
  /// The final state.
  package var state: MemberOutcome.State
  /// The crops of the picture's numbers, if requested.
  package var crops: [NumberCrop]
  /// The geotag statements in the picture's bytes; nil if the bytes were not examined for them.
  package var statements: [GeotagStatement]?

  /// A reading from its parts.
  package init(state: MemberOutcome.State, crops: [NumberCrop] = [], statements: [GeotagStatement]? = nil) {
    (self.state, self.crops, self.statements) = (state, crops, statements)
  }
}
