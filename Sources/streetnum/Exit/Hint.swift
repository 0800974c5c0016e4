import DigitNetTraining
import Pipeline

/// The option or command that resolves an error, by the error's id.
///
/// The library's messages say what to do without naming options or commands: they are stored, and other programs use
/// the library too.
enum Hint {
  private static let options = [
    StoreError.Code.missing.rawValue: "--db", StoreError.Code.notADatabase.rawValue: "--db",
    StoreError.Code.cannotCreate.rawValue: "--db", StoreError.Code.permission.rawValue: "--db",
    SourceError.Code.noPictures.rawValue: "--allow-empty", SourceError.Code.members.rawValue: "--max-members",
    SourceError.Code.ratio.rawValue: "--max-ratio", ImageError.Code.tooManyPixels.rawValue: "--max-megapixels",
    ImageError.Code.tooManyScans.rawValue: "--max-scans", "member.too_large": "--max-member-size",
    "member.timed_out": "--member-timeout", "inbox.growing": "--quiet-time",
    TrainingError.Code.notFinite.rawValue: "--rate",
  ]

  private static let commands = [
    SourceError.Code.crashed.rawValue: "streetnum retry", "member.crashed": "streetnum retry",
  ]

  /// The ends of messages of one id that has several ways out, with their options.
  private static let endings = [
    SidecarFault.Code.noMatch.rawValue: [("state the zone", "--timezone"), ("to their times", "--time-offset")]
  ]

  /// An error's message with the option or command appended. The message is unchanged where there is none, or where it
  /// contains one already, as messages of earlier versions do.
  /// `database` is the option that names the database, where that is not --db.
  static func text(_ message: String, for id: String, database: String = "--db") -> String {
    if let option = options[id], !message.contains(option) {
      return "\(message) with \(option == "--db" ? database : option)"
    }
    if let ending = endings[id]?.first(where: { message.hasSuffix($0.0) }) { return "\(message) with \(ending.1)" }
    if let command = commands[id], !message.contains(command) { return "\(message); `\(command)` tries again" }
    return message
  }
}

extension Reason {
  /// The reason with the option or command in its message.
  var hinted: Reason {
    var reason = self
    reason.message = Hint.text(message, for: id)
    return reason
  }

  /// The message with the option or command, and the id in brackets.
  var line: String { "\(hinted.message) (\(id))" }
}

extension NightReport.Entry {
  /// The entry with the option or command in its reasons.
  var hinted: NightReport.Entry {
    var entry = self
    entry.reason = reason?.hinted
    for index in rejections.indices { entry.rejections[index].reason = rejections[index].reason.hinted }
    return entry
  }
}
