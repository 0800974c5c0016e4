/// Why a member was not read: a stable id and a sentence for people.
public struct Reason: Sendable, Hashable, Codable {
  /// Stable id, such as `image.truncated`; scripts may rely on it.
  public var id: String
  /// What happened and what to do, one sentence.
  public var message: String

  /// A reason from its parts.
  package init(id: String, message: String) {
    self.id = id
    self.message = message
  }

  /// What a system or a program keeps for itself beside photographs.
  package static let systemFile = Reason(
    id: "member.system_note", message: "A system's or a program's own file: a thumbnail, a bin, an index or a note")

  /// Reasons that lie in the moment and not in the bytes: what ended so is read again by the next run.
  package static let passing: [String] = [
    "member.timed_out", "member.unreadable", ImageError.Code.outOfMemory.rawValue,
  ]
}
