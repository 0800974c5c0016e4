/// Why a source can't be read, or not to its end.
public struct SourceError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The stable error ids for sources.
  public struct Code: RawRepresentable, Sendable, Hashable {
    /// The id as scripts see it.
    public let rawValue: String

    /// A code from its id.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The file does not exist.
    public static let missing = Code(rawValue: "source.missing")
    /// The user has no permission to read the file.
    public static let permission = Code(rawValue: "source.permission")
    /// The system reported an error in reading.
    public static let unreadable = Code(rawValue: "source.unreadable")
    /// A required folder can't be created.
    public static let cannotCreate = Code(rawValue: "source.cannot_create")
    /// Files would be moved to the folder that they are in.
    public static let inboxIsDestination = Code(rawValue: "inbox.is_destination")
    /// The system has no more file descriptors, threads or memory.
    public static let shortage = Code(rawValue: "source.shortage")
    /// All members were ignored: the source contains no picture.
    public static let noPictures = Code(rawValue: "source.no_pictures")
    /// Reading the source has crashed the program more than once.
    public static let crashed = Code(rawValue: "source.crashed")
    /// The source changed while it was read.
    public static let changed = Code(rawValue: "source.changed")
    /// The bytes of a picture that was read no longer exist.
    public static let pictureGone = Code(rawValue: "source.picture_gone")
    /// The file is neither an archive nor a picture.
    public static let notAnArchive = Code(rawValue: "archive.not_an_archive")
    /// The archive is intact, but its kind is not supported.
    public static let unsupported = Code(rawValue: "archive.unsupported")
    /// The archive has no members.
    public static let empty = Code(rawValue: "archive.empty")
    /// The archive ends inside a member or a header.
    public static let truncated = Code(rawValue: "archive.truncated")
    /// Headers or compressed data are invalid.
    public static let damaged = Code(rawValue: "archive.damaged")
    /// A tar lacks the zeros that mark its end.
    public static let noEndMarker = Code(rawValue: "archive.no_end_marker")
    /// Data that belong to no archive follow the archive's end.
    public static let trailingData = Code(rawValue: "archive.trailing_data")
    /// The checksum of the whole archive is wrong.
    public static let checksum = Code(rawValue: "archive.checksum")
    /// A zip lacks its central directory, or the directory is invalid.
    public static let noDirectory = Code(rawValue: "archive.no_directory")
    /// The central directory of a zip lists other members than the archive contains.
    public static let directoryMismatch = Code(rawValue: "archive.directory_mismatch")
    /// The archive is compressed more than once.
    public static let filters = Code(rawValue: "archive.too_many_filters")
    /// The decompression ratio exceeds the limit.
    public static let ratio = Code(rawValue: "archive.ratio")
    /// The archive has more members than the limit.
    public static let members = Code(rawValue: "archive.too_many_members")
    /// Fetching the picture again would decompress more bytes than the limit.
    public static let tooFar = Code(rawValue: "archive.too_far")

    /// Whether the error is in the bytes, so that retrying is useless, and not in the system or a transient condition.
    package var isFinal: Bool {
      ![
        .missing, .permission, .unreadable, .shortage, .cannotCreate, .changed, .inboxIsDestination, .pictureGone,
        .tooFar,
      ].contains(self)
    }
  }

  /// The error's id.
  public let code: Code
  /// What is wrong and what to do, in one sentence.
  public let message: String
  /// The path of the source.
  public let path: String

  /// An error from its parts.
  package init(_ code: Code, _ message: String, path: String) {
    self.code = code
    self.message = message
    self.path = path
  }

  /// The path, the message, and the id in parentheses.
  public var description: String { "\(path): \(message) (\(code.rawValue))" }
}
