import DigitNet
import Foundation
import Pipeline
import Synchronization
import TestSupport

/// Ingests archives that are made in memory, with a network that is quick and sees nothing.
struct ArchiveFixture {
  let folder: TemporaryFolder
  let store: Store
  private let reader: NumberReader

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.open(path: folder.database, mode: .write, busyTimeout: 1)
    reader = try NumberReader(model: .blind, kernels: .best)
  }

  /// How an ingest ended.
  struct Ending {
    var counts = MemberCounts()
    /// Why the archive could not be read to its end, or at all; nil where it was.
    var reason: String?
    /// Why, in words.
    var message: String?
    /// The id of each member's reason, "" for those that are done, in no order.
    var members: [String] = []
    /// The same by the members' names.
    var byName: [String: String] = [:]
    /// The sentence of each, in the same order.
    var messages: [String] = []
  }

  /// Writes the bytes to a file and ingests it.
  func ingest(
    _ bytes: [UInt8], as name: String = "archive", _ change: (inout IngestOptions) -> Void = { _ in }
  ) throws -> Ending {
    let path = folder.path + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return try ingest(path: path, change)
  }

  /// Ingests a file.
  func ingest(path: String, _ change: (inout IngestOptions) -> Void = { _ in }) throws -> Ending {
    var options = IngestOptions()
    options.jobs = 1
    change(&options)
    let members = Members()
    let ingest = Ingest(store: store, reader: reader, method: method, options: options) { event in
      guard case .member(let name, let state, _, _) = event else { return }
      members.reasons.withLock { $0.append((name, Self.reason(state))) }
    }
    do {
      let result = try ingest.run(path: path)
      let reasons = members.reasons.withLock { $0 }
      return Ending(
        counts: result.counts, reason: result.ending?.id, message: result.ending?.message,
        members: reasons.map { $0.reason?.id ?? "" },
        byName: Dictionary(reasons.map { ($0.name, $0.reason?.id ?? "") }) { first, _ in first },
        messages: reasons.map { $0.reason?.message ?? "" })
    } catch let error as SourceError {
      return Ending(reason: error.code.rawValue, message: error.message)
    }
  }

  /// What a program makes of the bytes; nil where it isn't installed.
  func compressed(_ bytes: [UInt8], _ program: String, _ arguments: [String] = []) throws -> [UInt8]? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/" + program)
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/" + program) else { return nil }
    let file = URL(fileURLWithPath: folder.path + "/plain")
    try Data(bytes).write(to: file)
    let output = Pipe()
    process.arguments = arguments + ["-c", file.path]
    process.standardOutput = output
    try process.run()
    let result = Array(output.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    return result
  }

  private final class Members: Sendable {
    let reasons = Mutex<[(name: String, reason: Reason?)]>([])
  }

  private static func reason(_ state: MemberOutcome.State) -> Reason? {
    switch state {
    case .done: nil
    case .rejected(let reason), .ignored(let reason): reason
    }
  }

  /// A tiny picture; another seed is another one.
  static func picture(_ seed: Int) -> [UInt8] {
    PNGEncoder(width: 8, height: 8, samples: (0..<192).map { (seed &* 31 &+ $0 &* $0) & 255 }).file
  }

  /// Ten pictures.
  static let files = (0..<10).map { (name: "\($0).png", content: picture($0)) }
}
