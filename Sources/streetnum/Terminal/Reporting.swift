import ArgumentParser
import Foundation
import Pipeline

/// An error that a command ends with: one line on standard error, and the exit code.
protocol Reportable: Error {
  /// What happened, to which file or member, and what to do: one line.
  var summary: String { get }
  /// The error's stable id; nil for one that has none.
  var id: String? { get }
  /// What the program's exit says.
  var exitCode: ExitCode { get }
}

extension Reportable {
  var id: String? { nil }

  /// The summary, and the id in brackets.
  var line: String { id.map { "\(summary) (\($0))" } ?? summary }
}

/// Runs a command and turns what it throws into its line, which `tell` is told, and its exit code.
///
/// Whoever reads standard output may stop reading, which becomes an error instead of a signal; then the command has done
/// what was asked of it. A limit on file size becomes an error of the write that meets it.
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

/// The line that says what an error is.
func line(of error: any Error) -> String {
  (error as? any Reportable)?.line ?? "\(error): internal error; please report it"
}

/// What the program's exit says of an error.
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
