package import StreetCore

/// What one model, with one choice of parameters, read in one source: how far that is.
package struct ResultSet: Sendable, Equatable {
  /// Names the set inside this database; another run may give another id.
  package let id: Int64
  /// Whether all that can be read has been.
  package let isComplete: Bool
  /// Members stored so far.
  package let counts: MemberCounts
  /// Why a complete set is not the whole source; nil where it is.
  package let ending: Reason?
  /// The first ordinal behind all members that have ended.
  package let end: Int
  /// Members that were begun, or are to be read again, and how often a process ended while it read them.
  package let pending: [Int: Int]
  /// Runs that ended without a word while they read the source, since one last came to an end.
  package let deaths: Int

  /// Whether a member is still to be read.
  package func lacks(_ ordinal: Int) -> Bool { ordinal >= end || pending[ordinal] != nil }
}
