/// Why a member was not read: a stable id and a message.
public struct Reason: Sendable, Hashable, Codable {
  /// The stable id, such as `image.truncated`, which scripts may rely on.
  public var id: String
  /// What happened and what to do, in one sentence.
  public var message: String

  /// A reason from its parts.
  package init(id: String, message: String) {
    self.id = id
    self.message = message
  }

  /// The reason for ignoring a file that an operating system or another program keeps beside photographs.
  package static let systemFile = Reason(
    id: "member.system_note",
    message: "A file of the operating system or of another program, such as a thumbnail, an index or a recycle bin")

  /// The ids of transient reasons, which do not depend on the bytes; the next run reads such members again.
  package static let passing: [String] = [
    "member.timed_out", "member.unreadable", ImageError.Code.outOfMemory.rawValue,
  ]
}
