import ArgumentParser

/// The findings of `streetnum doctor`, one line per check.
struct Diagnosis {
  /// The result of a check.
  enum State: String {
    /// Nothing needs to be done.
    case ok
    /// Runs work, but somebody should look.
    case warning
    /// Runs fail.
    case fault
  }

  /// The finding of a check.
  struct Finding {
    /// The subject of the check, in a word or two.
    let subject: String
    let state: State
    /// What was found; for warnings and faults also what to do.
    let text: String
    /// The exit code that a run would have; nil if it would succeed.
    let exitCode: ExitCode?
  }

  /// All findings, in the order of the checks.
  private(set) var findings: [Finding] = []

  /// Adds a finding without a problem.
  mutating func ok(_ subject: String, _ text: String) {
    findings.append(Finding(subject: subject, state: .ok, text: text, exitCode: nil))
  }

  /// Adds a finding that somebody should look at.
  mutating func warning(_ subject: String, _ text: String) {
    findings.append(Finding(subject: subject, state: .warning, text: text, exitCode: nil))
  }

  /// Adds a finding that predicts how runs will fail.
  mutating func fault(_ subject: String, _ text: String, _ code: ExitCode) {
    findings.append(Finding(subject: subject, state: .fault, text: text, exitCode: code))
  }

  /// Adds an error with which a run would end.
  mutating func fault(_ subject: String, _ error: any Error) {
    fault(subject, streetnum.line(of: error), streetnum.exitCode(of: error))
  }

  /// 0 if all is well, 3 if there are only warnings, else the gravest fault's code.
  var exitCode: ExitCode {
    let codes = findings.compactMap(\.exitCode)
    guard codes.isEmpty else {
      let gravest = ExitCode.gravest(of: codes)
      return gravest == .rejected ? codes[0] : gravest
    }
    return findings.contains { $0.state == .warning } ? .rejected : .success
  }
}
