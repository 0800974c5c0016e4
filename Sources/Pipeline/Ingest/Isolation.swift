public import StreetCore

/// Reads in processes of their own what may have ended a run before, and must not end another. Each throws where the process
/// could not do so for a reason that is not the picture's or the source's.
public struct Isolation: Sendable {
  /// Reads the numbers of a picture, from the bytes of its file.
  public var picture: @Sendable (_ bytes: [UInt8]) throws -> IsolatedEnd
  /// Goes through all members of the source at a path without looking into pictures; false where a signal ended that, or it
  /// took more than so many seconds.
  public var source: @Sendable (_ path: String, _ seconds: Double) throws -> Bool

  /// An isolation from its parts.
  public init(
    picture: @escaping @Sendable (_ bytes: [UInt8]) throws -> IsolatedEnd,
    source: @escaping @Sendable (_ path: String, _ seconds: Double) throws -> Bool
  ) {
    (self.picture, self.source) = (picture, source)
  }
}

/// How a process ended that was to read a picture.
public enum IsolatedEnd: Sendable {
  /// It told how the member ends, with crops of its numbers and what its bytes state of where and when it was taken.
  case told(MemberOutcome.State, crops: [NumberCrop] = [], statements: [GeotagStatement]? = nil)
  /// A signal ended it; which, in words.
  case crashed(String)
  /// It took longer than a member may.
  case timedOut
}
