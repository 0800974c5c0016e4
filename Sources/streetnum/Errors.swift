import ArgumentParser
import DigitNet
import Pipeline

extension SourceError: Reportable {
  var summary: String { "\(path): \(message)" }

  var exitCode: ExitCode {
    switch code {
    case .missing: .missing
    case .permission: .permission
    case .unreadable: .inputOutput
    case .cannotCreate: .cannotCreate
    default: .unusable
    }
  }
}

extension PictureError: Reportable {
  var summary: String { "\(path): \(error.message)" }
  var exitCode: ExitCode { .unusable }
}

extension ModelError: Reportable {
  var summary: String { message }
  var exitCode: ExitCode { .configuration }
}

extension LabelsError: Reportable {
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
