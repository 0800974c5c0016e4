import ArgumentParser
import Foundation
import Pipeline

/// An error that ends a command with one line on standard error and an exit code.
protocol Reportable: Error {
  /// One line that says what happened, to which file or member, and what to do.
  var summary: String { get }
  /// The error's stable id; nil for an error without one.
  var id: String? { get }
  /// The exit code of the program.
  var exitCode: ExitCode { get }
}

extension Reportable {
  var id: String? { nil }

  /// The summary, and the id in brackets.
  var line: String { id.map { "\(summary) (\($0))" } ?? summary }
}

/// Runs a command. An error is passed to `tell` as a line, and ends the program with its exit code.
///
/// A reader that closes standard output causes an error instead of a signal; the command then ends with success. A
/// limit on file size causes an error of the write that exceeds it.
func run(telling tell: (String) -> Void = { Diagnostics.line($0) }, reporting body: () throws -> Void) throws {
  StandardOutput.guardStreams()
  signal(SIGPIPE, SIG_IGN)
  signal(SIGXFSZ, SIG_IGN)
  do {
    try body()
  } catch OutputError.closed {
    return
  } catch let code as ExitCode {
    throw code
  } catch {
    tell(line(of: error))
    throw exitCode(of: error)
  }
}

/// The line that reports an error.
func line(of error: any Error) -> String {
  (error as? any Reportable)?.line ?? "\(error): internal error; please report it"
}

/// The exit code for an error.
func exitCode(of error: any Error) -> ExitCode {
  switch error {
  case let code as ExitCode: code
  case let error as any Reportable: error.exitCode
  default: .internalError
  }
}

extension StoreError: Reportable {
  var id: String? { code.rawValue }
  var summary: String { Hint.text(message, for: code.rawValue) }

  var exitCode: ExitCode {
    switch code {
    case .missing, .unknownSource: .missing
    case .ambiguousSource, .ambiguousModel: .validationFailure
    case .damaged, .notADatabase: .unusable
    case _ where code.isOfShard: .unusable
    case .cannotCreate: .cannotCreate
    case .full, .io: .inputOutput
    case .busy: .busy
    case .shortage: .shortage
    case .permission: .permission
    case .newerSchema, .olderSchema, .unknownModel: .configuration
    default: .internalError
    }
  }
}
