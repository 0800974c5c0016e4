/// Reads a picture in a process of its own: one that may have ended a run before, and must not end another. Throws where the
/// process could not do so for a reason that is not the picture's.
public typealias Isolation = @Sendable (_ picture: [UInt8]) throws -> IsolatedEnd

/// How that process ended.
public enum IsolatedEnd: Sendable {
  /// It told how the member ends.
  case told(MemberOutcome.State)
  /// A signal ended it; which, in words.
  case crashed(String)
  /// It took longer than a member may.
  case timedOut
}
