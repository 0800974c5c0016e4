/// Why a source can't be read at all, or no further.
public struct SourceError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Stable ids of what can be wrong with a source.
  public struct Code: RawRepresentable, Sendable, Hashable {
    /// The id as scripts see it.
    public let rawValue: String

    /// A code from its id.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// There is no such file.
    public static let missing = Code(rawValue: "source.missing")
    /// No permission to read it.
    public static let permission = Code(rawValue: "source.permission")
    /// The system failed to read it.
    public static let unreadable = Code(rawValue: "source.unreadable")
    /// A folder that is needed can't be made.
    public static let cannotCreate = Code(rawValue: "source.cannot_create")
    /// Files would be moved to where they are.
    public static let inboxIsDestination = Code(rawValue: "inbox.is_destination")
    /// The system gives no more descriptors, threads or memory.
    public static let shortage = Code(rawValue: "source.shortage")
    /// All of its members were ignored: there is no picture in it.
    public static let noPictures = Code(rawValue: "source.no_pictures")
    /// Reading it has ended the program more than once.
    public static let crashed = Code(rawValue: "source.crashed")
    /// It was not the same at the end as at the beginning.
    public static let changed = Code(rawValue: "source.changed")
    /// The bytes of a picture that was read are no longer there.
    public static let pictureGone = Code(rawValue: "source.picture_gone")
    /// Neither an archive nor a picture.
    public static let notAnArchive = Code(rawValue: "archive.not_an_archive")
    /// A sound archive of a kind that is not read.
    public static let unsupported = Code(rawValue: "archive.unsupported")
    /// An archive without a member.
    public static let empty = Code(rawValue: "archive.empty")
    /// The archive ends inside a member or a header.
    public static let truncated = Code(rawValue: "archive.truncated")
    /// Headers or compressed bytes that make no sense.
    public static let damaged = Code(rawValue: "archive.damaged")
    /// A tar without the zeros that end it.
    public static let noEndMarker = Code(rawValue: "archive.no_end_marker")
    /// Something that belongs to no archive follows its end.
    public static let trailingData = Code(rawValue: "archive.trailing_data")
    /// A checksum of all its bytes is wrong.
    public static let checksum = Code(rawValue: "archive.checksum")
    /// A zip without the directory that ends it, or with one that can't be read.
    public static let noDirectory = Code(rawValue: "archive.no_directory")
    /// A zip whose directory lists other members than it holds.
    public static let directoryMismatch = Code(rawValue: "archive.directory_mismatch")
    /// More than one compression around it.
    public static let filters = Code(rawValue: "archive.too_many_filters")
    /// It produces far more than it holds.
    public static let ratio = Code(rawValue: "archive.ratio")
    /// More members than the limit.
    public static let members = Code(rawValue: "archive.too_many_members")
    /// A picture lies behind more compressed bytes than are decompressed to fetch it again.
    public static let tooFar = Code(rawValue: "archive.too_far")

    /// Whether it lies in the bytes, which stay as they are, and not in the system or the moment.
    package var isFinal: Bool {
      ![
        .missing, .permission, .unreadable, .shortage, .cannotCreate, .changed, .inboxIsDestination, .pictureGone,
        .tooFar,
      ].contains(self)
    }
  }

  /// Which kind of fault.
  public let code: Code
  /// What is wrong and what to do, one sentence.
  public let message: String
  /// The source's path.
  public let path: String

  /// An error from its parts.
  package init(_ code: Code, _ message: String, path: String) {
    self.code = code
    self.message = message
    self.path = path
  }

  /// Path, sentence and id.
  public var description: String { "\(path): \(message) (\(code.rawValue))" }
}
