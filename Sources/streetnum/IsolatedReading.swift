import ArgumentParser
import Foundation
import Pipeline
import Synchronization

/// Runs `streetnum read-member`, and sees how that ends.
struct IsolatedReading {
  private let arguments: [String]
  private let seconds: Double

  init(_ reading: ReadingOptions, seconds: Double) {
    var arguments = [
      "read-member", "--max-megapixels", "\(reading.maxMegapixels)", "--max-scans", "\(reading.maxScans)",
    ]
    if let model = reading.model { arguments += ["--model", model] }
    if reading.exhaustive { arguments.append("--exhaustive") }
    self.arguments = arguments
    self.seconds = seconds
  }

  /// How a picture ends; throws where no process can be had.
  func read(_ picture: [UInt8]) throws -> IsolatedEnd {
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = arguments
    (process.standardInput, process.standardOutput) = (input, output)
    let ended = DispatchGroup()
    let told = Mutex(Data())
    ended.enter()
    process.terminationHandler = { _ in ended.leave() }
    try process.run()
    DispatchQueue(label: "streetnum.isolation").async(group: ended) {
      let all = (try? output.fileHandleForReading.readToEnd()) ?? Data()
      told.withLock { $0 = all }
    }
    DispatchQueue(label: "streetnum.isolation.input").async {
      // One that has died takes nothing, which is seen below.
      try? input.fileHandleForWriting.write(contentsOf: Data(bigEndian(picture.count)) + Data(picture))
    }
    if ended.wait(timeout: .now() + seconds) == .timedOut {
      kill(process.processIdentifier, SIGKILL)
      ended.wait()
      return .timedOut
    }
    if process.terminationReason == .uncaughtSignal { return .crashed("signal \(process.terminationStatus)") }
    let answer = told.withLock { $0 }
    guard let state = try? JSONDecoder().decode(MemberOutcome.State.self, from: answer) else {
      throw IsolationError(status: process.terminationStatus)
    }
    return .told(state)
  }

}

private func bigEndian(_ count: Int) -> [UInt8] {
  (0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - 8 * $0)) }
}

/// A process that was to read a picture ended by itself and told nothing.
struct IsolationError: Reportable {
  let status: Int32

  var summary: String { "A process that was to read a picture ended with \(status); run again, nothing stored is lost" }
  var exitCode: ExitCode { .internalError }
}
