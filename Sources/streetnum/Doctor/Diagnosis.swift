import ArgumentParser

/// What `streetnum doctor` found out, a line for each check.
struct Diagnosis {
  /// How a check ended.
  enum State: String {
    /// Nothing to do.
    case ok
    /// Runs work, but somebody should look.
    case warning
    /// Runs fail.
    case fault
  }

  /// The result of a check.
  struct Finding {
    /// What was checked, in a word or two.
    let subject: String
    let state: State
    /// What was found; for warnings and faults also what to do.
    let text: String
    /// What a run would exit with; nil if it would work.
    let exitCode: ExitCode?
  }

  /// In the order of the checks.
  private(set) var findings: [Finding] = []

  /// Adds a check that ended well.
  mutating func ok(_ subject: String, _ text: String) {
    findings.append(Finding(subject: subject, state: .ok, text: text, exitCode: nil))
  }

  /// Adds a check after which somebody should look.
  mutating func warning(_ subject: String, _ text: String) {
    findings.append(Finding(subject: subject, state: .warning, text: text, exitCode: nil))
  }

  /// Adds a check that predicts how runs will fail.
  mutating func fault(_ subject: String, _ text: String, _ code: ExitCode) {
    findings.append(Finding(subject: subject, state: .fault, text: text, exitCode: code))
  }

  /// Adds an error that a run would end with.
  mutating func fault(_ subject: String, _ error: any Error) {
    fault(subject, streetnum.line(of: error), streetnum.exitCode(of: error))
  }

  /// Success if all is well, 3 after warnings alone, else the code of the gravest fault.
  var exitCode: ExitCode {
    let codes = findings.compactMap(\.exitCode)
    guard codes.isEmpty else {
      let gravest = ExitCode.gravest(of: codes)
      return gravest == .rejected ? codes[0] : gravest
    }
    return findings.contains { $0.state == .warning } ? .rejected : .success
  }
}
