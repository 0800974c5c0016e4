import Pipeline

/// What of the command line is the way out of an error, by the error's id.
///
/// The library's sentences end with what to do, and name no options or commands: another program that uses it has none, or
/// others; and they are stored.
enum Hint {
  private static let options = [
    StoreError.Code.missing.rawValue: "--db", StoreError.Code.notADatabase.rawValue: "--db",
    StoreError.Code.cannotCreate.rawValue: "--db", StoreError.Code.permission.rawValue: "--db",
    SourceError.Code.noPictures.rawValue: "--allow-empty", SourceError.Code.members.rawValue: "--max-members",
    SourceError.Code.ratio.rawValue: "--max-ratio", ImageError.Code.tooManyPixels.rawValue: "--max-megapixels",
    ImageError.Code.tooManyScans.rawValue: "--max-scans", "member.too_large": "--max-member-size",
    "member.timed_out": "--member-timeout",
  ]

  private static let commands = [
    SourceError.Code.crashed.rawValue: "streetnum retry", "member.crashed": "streetnum retry",
  ]

  /// The sentence of an error with the way out behind it; as it is where there is none, and where it names it already, as those
  /// do that earlier versions stored.
  static func text(_ message: String, for id: String) -> String {
    if let option = options[id], !message.contains(option) { return "\(message) with \(option)" }
    if let command = commands[id], !message.contains(command) { return "\(message); `\(command)` tries again" }
    return message
  }
}

extension Reason {
  /// The same, whose sentence names the way out.
  var hinted: Reason {
    var reason = self
    reason.message = Hint.text(message, for: id)
    return reason
  }

  /// The sentence with the way out, and the id in brackets.
  var line: String { "\(hinted.message) (\(id))" }
}

extension NightReport.Entry {
  /// The same, whose reasons name the way out.
  var hinted: NightReport.Entry {
    var entry = self
    entry.reason = reason?.hinted
    for index in rejections.indices { entry.rejections[index].reason = rejections[index].reason.hinted }
    return entry
  }
}
