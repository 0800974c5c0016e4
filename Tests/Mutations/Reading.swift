import DigitNet
import Pipeline
import Synchronization
import TestSupport

/// Reads sources with a network of one layer, and checks that no member is lost on the way to the store.
struct Reading {
  private let reader: NumberReader
  private let method = ReadingMethod(
    modelID: String(repeating: "a", count: 64), modelName: "sevens", modelMetadata: "{}", parameters: "{}",
    toolVersion: "1.0")

  /// What became of all sources so far.
  struct Tally: CustomStringConvertible {
    var members = MemberCounts()
    var unusable = 0
    var cutShort = 0

    var description: String {
      "members \(members.done) done, \(members.rejected) rejected, \(members.ignored) ignored; "
        + "sources \(unusable) unusable, \(cutShort) cut short"
    }
  }

  /// A member that was not counted or not stored.
  private struct Lost: Error, CustomStringConvertible {
    let description: String
  }

  init() throws { reader = try NumberReader(model: .sevens, kernels: .best) }

  /// Reads a source. Throws where a member that was told of isn't counted or isn't stored, and what reading may not throw.
  func run(_ path: String, into store: Store, _ tally: inout Tally) throws {
    let told = Told()
    var options = IngestOptions()
    options.jobs = 2
    let ingest = Ingest(store: store, reader: reader, method: method, options: options) { event in
      if case .member(_, let state, _, _) = event { told.add(state) }
    }
    do {
      let result = try ingest.run(path: path)
      if result.isNew, told.counts != result.counts {
        throw Lost(description: "told of \(told.counts), but counted \(result.counts)")
      }
      let stored = try ingest.run(path: path)
      if stored.isNew || stored.counts != result.counts || stored.ending != result.ending {
        throw Lost(description: "counted \(result.counts), \(result.ending as Any), but stored \(stored)")
      }
      if result.isNew { tally.add(told.counts) }
      tally.cutShort += result.ending == nil ? 0 : 1
    } catch let error as SourceError {
      if told.counts.total > 0 { throw Lost(description: "told of \(told.counts), then threw \(error)") }
      tally.unusable += 1
    }
  }
}

extension Reading.Tally {
  fileprivate mutating func add(_ counts: MemberCounts) {
    members.done += counts.done
    members.rejected += counts.rejected
    members.ignored += counts.ignored
  }
}

/// Counts the members that an ingest tells of, from any thread.
private final class Told: Sendable {
  private let list = Mutex(MemberCounts())
  var counts: MemberCounts { list.withLock { $0 } }

  func add(_ state: MemberOutcome.State) {
    list.withLock { counts in
      switch state {
      case .done: counts.done += 1
      case .rejected: counts.rejected += 1
      case .ignored: counts.ignored += 1
      }
    }
  }
}
