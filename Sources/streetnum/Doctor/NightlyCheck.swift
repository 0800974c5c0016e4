import ArgumentParser
import Foundation
import Pipeline

/// Checks the requirements of the nightly job: its folders, their permissions, and systemd's timer.
struct NightlyCheck {
  let inbox: String
  let done: String
  let failed: String

  /// The folders in which systemd searches for units, in its order (systemd.unit(5)).
  private static let unitFolders = [
    "/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system",
    "/lib/systemd/system",
  ]

  /// Runs the checks.
  func run(_ diagnosis: inout Diagnosis) {
    checkFolders(&diagnosis)
    guard FileManager.default.fileExists(atPath: "/run/systemd/system") else {
      return diagnosis.warning("timer", "systemd does not run here; check that cron or the like starts the job")
    }
    checkTimer(&diagnosis)
  }

  private func checkFolders(_ diagnosis: inout Diagnosis) {
    do throws(FileError) {
      try Pipeline.checkAccess(inbox, R_OK | W_OK | X_OK)
      guard try FileStatus(following: inbox).isFolder else { throw FileError(number: ENOTDIR) }
      diagnosis.ok("inbox", inbox)
    } catch {
      diagnosis.fault(
        "inbox", "\(inbox): \(error.message); create it, and let this user read and write it",
        error.number == ENOENT ? .missing : .permission)
    }
    for (option, folder) in [("--done", done), ("--failed", failed)] {
      if leadToSameFile(inbox, folder) {
        diagnosis.fault("folders", "\(option) is the inbox itself; name another folder", .validationFailure)
        continue
      }
      // The job makes a missing folder; check the first parent that exists.
      var place = folder
      while !FileManager.default.fileExists(atPath: place), place.count > 1 {
        place = URL(fileURLWithPath: place).deletingLastPathComponent().path
      }
      do throws(FileError) {
        try Pipeline.checkAccess(place, W_OK | X_OK)
        diagnosis.ok("folders", "\(option) \(folder)" + (place == folder ? "" : ", which the first run creates"))
      } catch {
        diagnosis.fault(
          "folders", "\(option) \(folder): can't be written (\(error.message)); fix the permissions of \(place)",
          .permission)
      }
    }
  }

  private func checkTimer(_ diagnosis: inout Diagnosis) {
    func unit(_ name: String) -> String? {
      Self.unitFolders.map { "\($0)/\(name)" }.first { FileManager.default.fileExists(atPath: $0) }
    }
    guard let service = unit("streetnum-nightly.service"), unit("streetnum-nightly.timer") != nil else {
      return diagnosis.warning(
        "timer", "streetnum-nightly.timer is not installed; `scripts/install PREFIX` installs it")
    }
    if unit("timers.target.wants/streetnum-nightly.timer") == nil {
      diagnosis.warning("timer", "is not enabled; run: systemctl enable --now streetnum-nightly.timer")
    } else {
      diagnosis.ok("timer", "streetnum-nightly.timer is enabled")
    }
    if unit("streetnum-failed@.service") == nil {
      diagnosis.warning(
        "timer",
        "nobody is told of a failed night; write streetnum-failed@.service, the unit's OnFailure=, to send a mail")
    }
    checkUser(of: service, &diagnosis)
  }

  /// Warns where the job runs as another user, for whom the checks of permissions do not hold.
  private func checkUser(of service: String, _ diagnosis: inout Diagnosis) {
    guard let text = try? String(contentsOfFile: service, encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("User=") })
    else { return }
    let name = String(line.dropFirst("User=".count))
    guard let user = getpwnam(name) else {
      return diagnosis.warning(
        "user", "\(service) runs as \(name), who does not exist: useradd --system --home-dir /srv/streetnum \(name)")
    }
    if user.pointee.pw_uid != geteuid() {
      diagnosis.warning(
        "user",
        "the job runs as \(name), but permissions were checked for another user; use: sudo -u \(name) streetnum doctor")
    }
  }
}
