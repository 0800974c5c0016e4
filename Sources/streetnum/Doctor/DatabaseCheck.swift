import ArgumentParser
import Foundation
import Pipeline

/// Checks the database: whether it can be opened and written, which runs hold it, and how the last nights ended.
struct DatabaseCheck {
  let path: String
  /// Whether nightly runs are expected, so that their absence is reported.
  let isNightly: Bool

  /// Seconds without a heartbeat after which a run appears stalled: the default of `--wait`.
  private static let stalled = 60.0
  /// Seconds without a successful night after which the check warns: two days.
  private static let late = 2.0 * 86_400

  /// Runs the checks.
  func run(_ diagnosis: inout Diagnosis) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    checkAccess(to: folder, &diagnosis)
    do throws(StoreError) {
      let store = try Store.open(path: path, mode: .read)
      let health = try store.health()
      try store.close()
      report(health, &diagnosis)
    } catch {
      guard error.code == .missing else { return diagnosis.fault("database", error) }
      diagnosis.warning(
        "database",
        "\(path) does not exist yet; `streetnum ingest` or `streetnum nightly` creates it. If it should exist, check "
          + "--db and whether the disk is mounted")
    }
  }

  private func checkAccess(to folder: String, _ diagnosis: inout Diagnosis) {
    do throws(FileError) {
      try Pipeline.checkAccess(folder, R_OK | W_OK | X_OK)
      do throws(FileError) {
        try Pipeline.checkAccess(path, R_OK | W_OK)
      } catch  where error.number == ENOENT {
        return
      }
      diagnosis.ok("permissions", "this user may write \(path) and its folder")
    } catch {
      let isMissing = [ENOENT, ENOTDIR].contains(error.number)
      diagnosis.fault(
        "permissions",
        isMissing
          ? "the database's folder \(folder) does not exist; create it"
          : "this user may not write \(path) or its folder (\(error.message)); fix the permissions, or run as its owner",
        isMissing ? .cannotCreate : .permission)
    }
  }

  private func report(_ health: LedgerHealth, _ diagnosis: inout Diagnosis) {
    diagnosis.ok(
      "database",
      "\(path), schema \(health.schema)"
        + (health.schema < LedgerHealth.newestSchema
          ? "; the next command that writes brings it to \(LedgerHealth.newestSchema)"
          : "; `streetnum verify` checks every page"))
    for worker in health.workers {
      if worker.silence > Self.stalled {
        diagnosis.warning(
          "runs", "a run appears stalled: \(worker.description); continue it (kill -CONT) or kill it")
      } else {
        diagnosis.ok("runs", "in progress: \(worker.description)")
      }
    }
    nights(health, &diagnosis)
  }

  private func nights(_ health: LedgerHealth, _ diagnosis: inout Diagnosis) {
    guard let code = health.lastExitCode else {
      if isNightly { diagnosis.warning("last night", "no nightly run has ended yet; start one, or wait for the timer") }
      return
    }
    if code != 0 {
      diagnosis.warning(
        "last night", "ended with \(code); see its report, and the exit codes in docs/formats.md")
    } else if let seconds = health.secondsSinceSuccess, seconds > Self.late {
      diagnosis.warning("last night", "the last success was \(Int(seconds / 86_400)) days ago; check the timer")
    } else {
      diagnosis.ok("last night", "ended with 0")
    }
  }
}
