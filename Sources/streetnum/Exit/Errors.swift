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

/// What went wrong with a backup. Its file is an argument, so that `--db` is no way out.
struct BackupError: Reportable {
  let reason: StoreError

  var id: String? { reason.id }
  var summary: String { reason.message }
  var exitCode: ExitCode { reason.exitCode }
}

/// A command line that is well formed and asks for what would lose a file.
struct UsageError: Reportable {
  let summary: String
  var exitCode: ExitCode { .validationFailure }
}

extension ImageFileError: Reportable {
  var id: String? { error.code.rawValue }
  var summary: String { "\(path): \(Hint.text(error.message, for: error.code.rawValue))" }
  var exitCode: ExitCode { .unusable }
}

/// What went wrong while a signal ended the program, which is what its exit says.
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
