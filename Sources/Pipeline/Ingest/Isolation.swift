public import StreetCore

/// Reads, in separate processes, pictures and sources that may have crashed an earlier run. Both closures throw if the
/// process failed for a reason that has nothing to do with the picture or the source.
public struct Isolation: Sendable {
  /// Reads the numbers of a picture from the bytes of its file.
  public var picture: @Sendable (_ bytes: [UInt8]) throws -> IsolatedEnd
  /// Reads through all members of the source at a path without decoding pictures; returns false if a signal ended the
  /// process, or if it took more than `seconds`.
  public var source: @Sendable (_ path: String, _ seconds: Double) throws -> Bool

  /// An isolation from its parts.
  public init(
    picture: @escaping @Sendable (_ bytes: [UInt8]) throws -> IsolatedEnd,
    source: @escaping @Sendable (_ path: String, _ seconds: Double) throws -> Bool
  ) {
    (self.picture, self.source) = (picture, source)
  }
}

/// How the process for a picture ended.
public enum IsolatedEnd: Sendable {
  /// It reported the member's final state, the crops of its numbers and its geotag statements.
  case told(MemberOutcome.State, crops: [NumberCrop] = [], statements: [GeotagStatement]? = nil)
  /// A signal ended it; the value describes the signal.
  case crashed(String)
  /// It exceeded the time limit for the process, which is longer than that for decoding.
  case timedOut
}
