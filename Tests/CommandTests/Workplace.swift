import Foundation
import Testing

/// A folder that a test has to itself, in which the built program runs; gone when the test is.
final class Workplace {
  let path = FileManager.default.temporaryDirectory.path + "/streetnum-" + UUID().uuidString

  /// How a command ended.
  struct Outcome {
    var output: String
    var errors: String
    var code: Int32

    /// The lines of standard error.
    var lines: [String] { errors.split(separator: "\n").map(String.init) }
  }

  /// The folder of the built program: STREETNUM_BINARY's, else the test bundle's.
  static let binaries: String = {
    let named = ProcessInfo.processInfo.environment["STREETNUM_BINARY"].map { URL(fileURLWithPath: $0) }
    return (named ?? Bundle.main.executableURL)?.deletingLastPathComponent().path ?? "."
  }()

  static let fixtures =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path + "/fixtures"

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A process that runs `command` in a shell, in which `streetnum` is the built program and `$FIXTURES` the fixtures'
  /// folder.
  func process(_ command: String, _ environment: [String: String] = [:]) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-o", "pipefail", "-c", command]
    process.environment = [
      "PATH": Workplace.binaries + ":/usr/sbin:/usr/bin:/sbin:/bin", "FIXTURES": Workplace.fixtures,
    ].merging(environment) { $1 }
    process.currentDirectoryURL = URL(fileURLWithPath: path)
    process.standardInput = FileHandle.nullDevice
    return process
  }

  /// Runs `command` to its end.
  func shell(_ command: String, _ environment: [String: String] = [:]) throws -> Outcome {
    let process = process(command, environment)
    let name = path + "/." + UUID().uuidString
    let files = [name + ".out", name + ".err"]
    for file in files { try Data().write(to: URL(fileURLWithPath: file)) }
    defer { for file in files { try? FileManager.default.removeItem(atPath: file) } }
    process.standardOutput = FileHandle(forWritingAtPath: files[0])
    process.standardError = FileHandle(forWritingAtPath: files[1])
    try process.run()
    process.waitUntilExit()
    let said = try files.map { String(decoding: try Data(contentsOf: URL(fileURLWithPath: $0)), as: UTF8.self) }
    return Outcome(output: said[0], errors: said[1], code: process.terminationStatus)
  }

  /// What a command begins with so that rights bind it: root reads everything, unless it gives that up. Nil, and said,
  /// where it can't.
  func bound() throws -> String? {
    let drop = getuid() == 0 ? "setpriv --bounding-set=-dac_override,-dac_read_search " : ""
    guard try shell(drop + "true").code == 0 else {
      Issue.record("Skipped: root can't give up its rights here (setpriv)", severity: .warning)
      return nil
    }
    return drop
  }

  func write(_ bytes: [UInt8], _ name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path + "/" + name) }

  /// All that is stored, as one text.
  func numbers(_ database: String = "streetnum.sqlite") throws -> String {
    try shell("streetnum query --format ndjson --min-confidence 0 --db \(database)").output
  }

  static func fixture(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: fixtures + "/" + name)))
  }

  /// Whether a program is installed.
  static func has(_ program: String) -> Bool {
    ["/usr/bin/", "/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + program) }
  }
}
