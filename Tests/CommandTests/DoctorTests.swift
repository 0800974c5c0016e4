import Foundation
import GRDB
import Testing

/// `streetnum doctor` predicts what runs end with, and changes nothing.
@Suite("streetnum doctor")
struct DoctorTests {
  private let workplace: Workplace

  init() throws { workplace = try Workplace() }

  /// The lines about something, without their subject.
  private func lines(_ subject: String, of result: Workplace.Outcome) -> [String] {
    result.output.split(separator: "\n").filter { $0.hasPrefix("\(subject): ") }
      .map { String($0.dropFirst(subject.count + 2)) }
  }

  @Test("All is well with a sound database: 0, and nothing is changed")
  func sound() throws {
    #expect(try workplace.shell("streetnum ingest $FIXTURES/crops.tar").code == 0)
    let before = try workplace.shell("sha256sum *; ls").output
    let result = try workplace.shell("streetnum doctor")
    #expect(result.code == 0 && result.output.hasSuffix("all is well\n"), "\(result.output)\(result.errors)")
    for subject in ["system", "model", "libraries", "self-test", "permissions", "database", "disk"] {
      #expect(lines(subject, of: result).first?.hasPrefix("ok: ") == true, "\(subject)")
    }
    #expect(try workplace.shell("sha256sum *; ls").output == before)
  }

  @Test("What is missing yet is a warning, 3, and is not made")
  func missing() throws {
    let result = try workplace.shell("mkdir inbox; streetnum doctor --inbox inbox")
    #expect(result.code == 3, "\(result.output)")
    #expect(lines("database", of: result).first?.hasPrefix("warning: streetnum.sqlite does not exist yet") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: workplace.path).sorted() == ["inbox"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: workplace.path + "/inbox") == [])
  }

  @Test(
    "A fault ends with what a run would end with, and its line says what to do",
    arguments: [
      ("STREETNUM_KERNEL=none streetnum doctor", 78, "kernel", "unknown"),
      ("streetnum doctor --model none.safetensors", 78, "model", "can't be read"),
      ("streetnum doctor --db none/n.sqlite", 73, "permissions", "create it"),
      ("echo text >n.sqlite; streetnum doctor --db n.sqlite", 65, "database", "name another"),
      ("streetnum doctor --inbox none", 66, "inbox", "create it"),
      ("mkdir inbox; streetnum doctor --inbox inbox --done inbox", 64, "folders", "name another folder"),
      ("TMPDIR=$PWD/none streetnum doctor", 77, "disk", "set TMPDIR"),
      ("ulimit -n 12; streetnum doctor", 71, "system", "ulimit"),
    ] as [(String, Int32, String, String)])
  func fault(command: String, code: Int32, subject: String, remedy: String) throws {
    let result = try workplace.shell(command)
    #expect(result.code == code, "\(result.output)\(result.errors)")
    #expect(
      lines(subject, of: result).contains { $0.hasPrefix("fault: ") && $0.contains(remedy) }, "\(result.output)")
  }

  @Test("A database that this user may not write is a fault, 77")
  func permission() throws {
    guard let bound = try workplace.bound() else { return }
    #expect(try workplace.shell("mkdir d; streetnum ingest $FIXTURES/crops.tar --db d/n.sqlite").code == 0)
    let result = try workplace.shell(
      "chmod 444 d/n.sqlite; chmod 555 d; \(bound)streetnum doctor --db d/n.sqlite; code=$?; chmod 755 d; exit $code")
    #expect(result.code == 77, "\(result.output)")
    #expect(lines("permissions", of: result).first?.contains("fix the permissions") == true)
  }

  @Test("A night that ended badly, and a run that appears stalled, are warnings")
  func nights() throws {
    #expect(try workplace.shell("mkdir inbox; streetnum nightly --inbox inbox").code == 0)
    let queue = try DatabaseQueue(path: workplace.path + "/streetnum.sqlite")
    try queue.write { db in
      try db.execute(
        sql: """
          UPDATE runs SET exit_code = 74;
          INSERT INTO runs (command, host, process_id, process_mark, tool_version, started_at, heartbeat_at)
            SELECT 'ingest', host, ?, 'x', tool_version, started_at, started_at FROM runs
          """, arguments: [ProcessInfo.processInfo.processIdentifier])
    }
    try queue.close()
    let result = try workplace.shell("streetnum doctor --inbox inbox")
    #expect(result.code == 3, "\(result.output)")
    #expect(lines("last night", of: result).first?.hasPrefix("warning: ended with 74") == true, "\(result.output)")
    // The mark is no living process's.
    #expect(lines("runs", of: result) == [])
  }

  @Test("Colours are for terminals, and never with NO_COLOR")
  func colours() throws {
    guard Workplace.has("script") else {
      Issue.record("Skipped: script(1) is not installed", severity: .warning)
      return
    }
    let command = "script -qec 'streetnum doctor' /dev/null"
    #expect(try workplace.shell(command, ["TERM": "xterm"]).output.contains("\u{1B}[32mok"))
    for environment in [["TERM": "xterm", "NO_COLOR": "1"], ["TERM": "dumb"]] {
      #expect(try !workplace.shell(command, environment).output.contains("\u{1B}"))
    }
    #expect(try !workplace.shell("streetnum doctor", ["TERM": "xterm"]).output.contains("\u{1B}"))
  }
}
