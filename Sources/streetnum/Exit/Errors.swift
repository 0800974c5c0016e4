import ArgumentParser
import DigitNet
import DigitNetTraining
import Pipeline

extension SourceError: Reportable {
  var id: String? { code.rawValue }
  var summary: String { "\(path): \(Hint.text(message, for: code.rawValue))" }

  var exitCode: ExitCode {
    switch code {
    case .missing, .pictureGone: .missing
    case .permission: .permission
    case .unreadable: .inputOutput
    case .shortage: .shortage
    case .cannotCreate: .cannotCreate
    case .inboxIsDestination: .validationFailure
    default: .unusable
    }
  }
}

/// An error of a backup. The file is an argument, so that the hint to use `--db` would be wrong.
struct BackupError: Reportable {
  let reason: StoreError

  var id: String? { reason.id }
  var summary: String { reason.message }
  var exitCode: ExitCode { reason.exitCode }
}

/// A well-formed command line that would destroy a file or makes no sense.
struct UsageError: Reportable {
  let summary: String
  var exitCode: ExitCode { .validationFailure }
}

extension ImageFileError: Reportable {
  var id: String? { error.code.rawValue }
  var summary: String { "\(path): \(Hint.text(error.message, for: error.code.rawValue))" }
  var exitCode: ExitCode { .unusable }
}

/// An error during the shutdown after a signal; the exit code is the signal's.
struct InterruptedError: Reportable {
  let reason: any Error
  let exitCode: ExitCode

  var summary: String { streetnum.line(of: reason) }
}

extension ModelError: Reportable {
  var id: String? { code.rawValue }
  var summary: String { message }
  var exitCode: ExitCode { .configuration }
}

extension TrainingError: Reportable {
  var id: String? { code.rawValue }
  var summary: String { Hint.text(message, for: code.rawValue) }

  var exitCode: ExitCode {
    switch code {
    case .data: .unusable
    case .layer: .validationFailure
    default: .configuration
    }
  }
}

extension LabelsError: Reportable {
  var id: String? { code.rawValue }
  var summary: String { "\(path ?? "labels"): \(line.map { "line \($0): " } ?? "")\(message)" }

  var exitCode: ExitCode {
    switch code {
    case .missing: .missing
    case .permission: .permission
    case .unreadable: .inputOutput
    default: .unusable
    }
  }
}
