import ArgumentParser
import Foundation
import Pipeline

extension IngestCommand {
  /// Reads the only input into a shard in a folder.
  func write(shardIn folder: String) throws {
    let interruption = try Interruption()
    try sources.checkShortage()
    let (loaded, reader) = try sources.reading.load()
    let progress = ProgressReport(verbose: verbose)
    defer { progress.clear() }
    var options = sources.ingestOptions
    (options.wait, options.crops) = (writing.wait.count, crops.isOn)
    options.positions = positions.options
    let method = loaded.method(reader, options)
    var report = ShardReport(input: inputs[0], method: method)
    do {
      let writer = try ShardWriter(folder: folder, watch: { progress.take($0) }) { [options] store in
        Ingest(
          store: store, reader: reader, method: method, options: options, stop: interruption.stop,
          watch: { progress.take($0) }, isolation: sources.isolation(crops: crops.isOn, stop: interruption.stop))
      }
      let result = try write(with: writer, stop: interruption.stop)
      let failure = result.error.map { streetnum.exitCode(of: $0) }
      let code = failure ?? (result.isWhole ? .success : .rejected)
      report.take(result)
      try tell(report, code)
      if let error = result.error { throw error }
      progress.end(database: result.path, code: code)
      if code != .success { throw code }
    } catch let code as ExitCode {
      throw code
    } catch  where report.isTold {
      throw error
    } catch {
      let code = interruption.exitCode ?? streetnum.exitCode(of: error)
      report.take(error)
      try tell(report, code)
      if error is Stopped { throw code }
      throw interruption.exitCode == nil ? error : InterruptedError(reason: error, exitCode: code)
    }
  }

  private func write(with writer: ShardWriter, stop: StopSign) throws -> ShardWriter.Result {
    let input = inputs[0]
    guard Fetch.isNeeded(for: input), let fetch = shards.fetch else { return try writer.write(path: input) }
    let folder = shards.temporaryFolder
    PartialFile.removeLeftovers(in: folder)
    let file = try fetch.fetch(input, into: folder, stop: stop)
    return try withExtendedLifetime(file) {
      try writer.write(path: file.path, origin: (name: Fetch.name(of: input), path: input))
    }
  }

  private func tell(_ report: ShardReport, _ code: ExitCode) throws {
    guard shards.jsonSummary != nil else { return }
    let output = StandardOutput()
    try output.write(report.json(exitCode: code.rawValue) + "\n")
    try output.flush()
  }
}
