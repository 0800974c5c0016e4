import ArgumentParser
import Foundation
import Pipeline
import TestSupport

/// Feeds damaged archives and pictures to `Ingest`, one after the other. A trap, a hang, memory that grows or a member that is
/// lost ends the program; the mutant that did it stays in the folder that is printed first.
@main
struct Mutations: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Mutations", abstract: "Feeds damaged archives and pictures to Ingest.")

  @Option(help: "What all damage follows from.") var seed = UInt64.random(in: 1...999_999_999)
  @Option(help: "The first mutant.") var from = 0
  @Option(help: "How many mutants.") var count = 20_000
  @Option(help: "Most seconds that one may take.") var seconds = 10
  @Option(help: "Most MiB that the program may hold.") var memory = 1_024

  /// Mutants that share a store, and between two looks at the memory.
  private static let batch = 500

  func run() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("streetnum-mutations-\(seed)")
    try? FileManager.default.removeItem(at: folder)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let originals = try Original.all(in: folder)
    report("seed \(seed), mutants \(from)..<\(from + count) of \(originals.map(\.name)), in \(folder.path)")

    let watchdog = Watchdog(seconds: seconds)
    let reading = try Reading()
    var total = Reading.Tally()
    for first in stride(from: from, to: from + count, by: Mutations.batch) {
      let store = try Store.temporary()
      for index in first..<min(first + Mutations.batch, from + count) {
        var random = SeededGenerator(seed: seed &* 0x1_0000_0001 &+ UInt64(index))
        let original = originals[index % originals.count]
        let file = folder.appendingPathComponent("\(index)-\(original.name)")
        try Data(original.mutant(amid: originals, using: &random)).write(to: file)
        watchdog.begin("seed \(seed), mutant \(index), \(file.path)")
        do {
          try reading.run(file.path, into: store, &total)
        } catch {
          fail("seed \(seed), mutant \(index), \(file.path): \(error)")
        }
        try FileManager.default.removeItem(at: file)
      }
      try store.close()
      let resident = try residentMegabytes()
      report("\(min(first + Mutations.batch, from + count) - from) mutants: \(total); \(resident) MiB resident")
      if resident > memory { fail("more than \(memory) MiB are resident") }
    }
    watchdog.end()
    try FileManager.default.removeItem(at: folder)
  }

  private func residentMegabytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) / 1024
  }
}

/// Prints a line at once.
func report(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

/// Ends the program for what must not happen.
func fail(_ line: String) -> Never {
  report("FAILED: " + line)
  exit(1)
}
