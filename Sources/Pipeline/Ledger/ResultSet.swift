package import StreetCore

/// The results of one method for one source, and the progress of reading.
package struct ResultSet: Sendable, Equatable {
  /// The id of the set in this database.
  package let id: Int64
  /// Whether everything that can be read has been read.
  package let isComplete: Bool
  /// The number of stored members in each state.
  package let counts: MemberCounts
  /// Why a complete set does not cover the whole source; nil if it does.
  package let ending: Reason?
  /// The first ordinal after all members that have a final state.
  package let end: Int
  /// Members that are in progress or will be read again, with the number of processes that ended while reading them.
  package let pending: [Int: Int]
  /// The number of runs that died while reading the source since one last ended normally.
  package let deaths: Int

  /// Whether a member remains to be read.
  package func lacks(_ ordinal: Int) -> Bool { ordinal >= end || pending[ordinal] != nil }
}
