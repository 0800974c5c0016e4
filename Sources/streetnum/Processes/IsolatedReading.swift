import ArgumentParser
import Foundation
import Pipeline
import Synchronization

/// Runs `streetnum read-member` and `streetnum walk-source` as child processes and reports how they end. A stop sign ends
/// them: otherwise the run would not end in time, and would count as one that died.
struct IsolatedReading {
  private let reading: [String]
  private let walking: [String]
  private let seconds: Double
  private let stop: StopSign

  /// The time in seconds that starting a process, loading the model and running the networks may take in addition to
  /// decoding; a process that exceeds it hangs.
  private static let patience = 1800.0

  /// The seconds between two looks at the stop sign.
  private static let look = 0.1

  /// The seconds in which a killed process ends.
  private static let grace = 2.0

  init(_ sources: SourceOptions, crops: Bool, stop: StopSign) {
    self.stop = stop
    let (reading, pixels) = (sources.reading, sources.reading.networks.pictures.pixels)
    var arguments = [
      "read-member", "--max-megapixels", "\(pixels.maxMegapixels)", "--max-scans", "\(pixels.maxScans)",
      "--member-timeout", "\(sources.memberTimeout.count)",
    ]
    if let model = reading.model { arguments += ["--model", model] }
    if reading.networks.exhaustive { arguments.append("--exhaustive") }
    if reading.panorama { arguments.append("--panorama") }
    if crops { arguments.append("--crops") }
    self.reading = arguments
    walking = [
      "walk-source", "--max-member-size", "\(reading.networks.pictures.size.maxMemberSize)", "--max-ratio",
      "\(sources.archives.maxRatio)",
      "--max-members", "\(sources.archives.maxMembers)",
    ]
    seconds = sources.memberTimeout.count + Self.patience
  }

  /// The functions that the pipeline calls for isolation.
  var isolation: Isolation { Isolation(picture: { try read($0) }, source: { try survives($0, seconds: $1) }) }

  /// Reads a picture in a child process; throws where no process can be started.
  private func read(_ picture: [UInt8]) throws -> IsolatedEnd {
    let (end, answer) = try run(reading, input: bigEndian(picture.count) + picture, seconds: seconds)
    switch end {
    case nil: return .timedOut
    case .exit(ExitCode.shortage.rawValue):
      return .told(.rejected(Reason(id: ImageError.Code.outOfMemory.rawValue, message: "There is not enough memory")))
    case .signal(let number): return .crashed("signal \(number)")
    case .exit(let status):
      guard let told = try? JSONDecoder().decode(MemberReading.self, from: answer) else {
        throw IsolationError(status: status)
      }
      return .told(told.state, crops: told.crops, statements: told.statements)
    }
  }

  /// Whether a child process can go through a source's members within a time.
  private func survives(_ source: String, seconds: Double) throws -> Bool {
    switch try run(walking + ["--", source], input: [], seconds: seconds).end {
    case .exit(ExitCode.shortage.rawValue):
      throw ShortageError(what: "there is not enough memory to go through \(source)")
    case .signal, nil: return false
    case .exit: return true
    }
  }

  private enum End {
    case exit(Int32)
    case signal(Int32)
  }

  /// Runs this program with arguments; the result is nil where it took too long. Throws `Stopped` at a stop sign. The
  /// child's input stays open while it may run, so that the child ends with this process.
  private func run(
    _ arguments: [String], input bytes: [UInt8], seconds: Double
  ) throws -> (end: End?, output: Data) {
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = arguments
    (process.standardInput, process.standardOutput) = (input, output)
    // This process reports how the child ended, in one line.
    process.standardError = FileHandle.nullDevice
    process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    let ended = DispatchGroup()
    let told = Mutex(Data())
    ended.enter()
    process.terminationHandler = { _ in ended.leave() }
    do {
      try process.run()
    } catch {
      throw ShortageError(what: "another process can't be started: \(error.localizedDescription)")
    }
    DispatchQueue(label: "streetnum.isolation").async(group: ended) {
      let all = (try? output.fileHandleForReading.readToEnd()) ?? Data()
      told.withLock { $0 = all }
    }
    DispatchQueue(label: "streetnum.isolation.input").async {
      // Writing fails where the child has died, which is detected below.
      try? input.fileHandleForWriting.write(contentsOf: Data(bytes))
    }
    let due = DispatchTime.now() + seconds
    while ended.wait(timeout: min(due, .now() + Self.look)) == .timedOut {
      guard stop.isRaised || .now() >= due else { continue }
      kill(process.processIdentifier, SIGKILL)
      // Where memory is short, the end of a process may never be reported.
      _ = ended.wait(timeout: .now() + Self.grace)
      guard !stop.isRaised else { throw Stopped() }
      return (nil, Data())
    }
    let status = process.terminationStatus
    return (process.terminationReason == .uncaughtSignal ? .signal(status) : .exit(status), told.withLock { $0 })
  }
}

private func bigEndian(_ count: Int) -> [UInt8] {
  (0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - 8 * $0)) }
}

/// A child process that should have read a picture ended by itself without a result.
struct IsolationError: Reportable {
  let status: Int32

  var summary: String { "A process that was to read a picture ended with \(status); run again, nothing stored is lost" }
  var exitCode: ExitCode { .internalError }
}
