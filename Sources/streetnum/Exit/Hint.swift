import DigitNetTraining
import Pipeline

/// The options that are the way out of an error, by the error's id.
///
/// The library's sentences end with what to do, and name no options: another program that uses it has none, or others.
enum Hint {
  private static let options = [
    StoreError.Code.missing.rawValue: "--db", StoreError.Code.notADatabase.rawValue: "--db",
    StoreError.Code.cannotCreate.rawValue: "--db", StoreError.Code.permission.rawValue: "--db",
    SourceError.Code.noPictures.rawValue: "--allow-empty", TrainingError.Code.notFinite.rawValue: "--rate",
  ]

  /// What is put behind the sentence of an error; nothing where no option is the way out.
  static func text(for id: String) -> String { options[id].map { " with \($0)" } ?? "" }
}

extension Reason {
  /// The same, whose sentence names the option that is the way out.
  var hinted: Reason {
    var reason = self
    reason.message += Hint.text(for: id)
    return reason
  }
}

extension NightReport.Entry {
  /// The same, whose reason names the option that is the way out.
  var hinted: NightReport.Entry {
    var entry = self
    entry.reason = reason?.hinted
    return entry
  }
}
