import CArchive
import StreetCore

/// What libarchive reads members from, and what it doesn't say of them.
protocol Container: AnyObject {
  /// libarchive's state.
  var archive: OpaquePointer { get }

  /// Goes to the next header, as `archive_read_next_header` does.
  func nextHeader(_ entry: inout OpaquePointer?) -> Int32

  /// Called where libarchive finds no further member, behind `members` of them: looks what follows.
  ///
  /// Throws where some may be missing.
  func sequel(behind members: Int) throws(SourceError) -> Sequel

  /// The bytes of the name of the member whose header was read last; none where it has none that can be read.
  func name(of entry: OpaquePointer) -> [UInt8]

  /// Where in what the container holds the member begins whose header was read last.
  var headerPosition: Int { get }

  /// Bytes of the source that what came out took.
  var consumed: Int { get }

  /// Bytes that came out of members, those too that an earlier run was given.
  var produced: Int { get set }

  /// Whether what comes out of members that are passed over has to be made, and is counted.
  var producesWhatIsPassedOver: Bool { get }

  /// Why libarchive's reading ended, where that is not its own finding.
  var failure: SourceError? { get }

  /// libarchive's words for its last fault.
  var report: String? { get }

  /// What standard input's bytes were; nil for files. Reads what is left.
  func content() throws(SourceError) -> SourceContent?
}

extension Container {
  /// Counts bytes that came out of a member. What a database says of them may be anything, so the sum ends at the largest.
  func count(_ bytes: Int) {
    let (sum, isTooLarge) = produced.addingReportingOverflow(bytes)
    produced = isTooLarge ? .max : sum
  }
}

/// What follows where libarchive finds no further member.
enum Sequel {
  /// Nothing: that is the archive's end.
  case nothing
  /// More members.
  case members
  /// More members, behind something that is none: the header in between is damaged.
  case membersBehindDamage
}
