import CArchive
import StreetCore

/// The container that libarchive reads members from, with the information that libarchive does not provide.
protocol Container: AnyObject {
  /// libarchive's handle.
  var archive: OpaquePointer { get }

  /// Moves to the next header, like `archive_read_next_header`.
  func nextHeader(_ entry: inout OpaquePointer?) -> Int32

  /// Examines what follows when libarchive finds no further member after `members` members.
  ///
  /// Throws if members may be missing.
  func sequel(behind members: Int) throws(SourceError) -> Sequel

  /// The bytes of the member name in the last header; empty if there is none that can be read.
  func name(of entry: OpaquePointer) -> [UInt8]

  /// The position of the last header in the container's data.
  var headerPosition: Int { get }

  /// The number of bytes of the source consumed.
  var consumed: Int { get }

  /// The number of bytes produced from members, including those that an earlier run received.
  var produced: Int { get set }

  /// Whether the content of skipped members must be decompressed, and counts as produced.
  var producesWhatIsPassedOver: Bool { get }

  /// The error that ended libarchive's reading, if libarchive itself does not report it.
  var failure: SourceError? { get }

  /// The message of libarchive's last error.
  var report: String? { get }

  /// The hash and size of standard input; nil for files. Reads the remaining bytes.
  func content() throws(SourceError) -> SourceContent?
}

extension Container {
  /// Adds to the bytes produced. The numbers may come from a database and be arbitrary, so the sum saturates.
  func count(_ bytes: Int) {
    let (sum, isTooLarge) = produced.addingReportingOverflow(bytes)
    produced = isTooLarge ? .max : sum
  }
}

/// What follows when libarchive finds no further member.
enum Sequel {
  /// Nothing: the archive ends.
  case nothing
  /// More members.
  case members
  /// More members after a damaged header.
  case membersBehindDamage
}
