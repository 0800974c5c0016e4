#if Failpoints
  import Foundation
  import Synchronization
#endif

/// A point in the program at which a test can kill or stop it: everything before the point has happened, nothing after
/// it has.
///
/// Failpoints are compiled in only with the package trait `Failpoints`; otherwise they do nothing.
/// `STREETNUM_FAILPOINT=store.committed:3:kill` kills the program when it reaches the point for the third time; `stop`
/// stops it.
package enum Failpoint: String, CaseIterable, Sendable {
  /// The run has claimed a source and read nothing of it.
  case sourceClaimed = "source.claimed"
  /// Inside the archive parser, before a member.
  case archiveParsing = "archive.parsing"
  /// All members are stored, but the result set is not complete.
  case sourceRead = "source.read"
  /// The result set is complete.
  case sourceComplete = "source.complete"
  /// The stream has been identified with its archive.
  case streamSealed = "stream.sealed"
  /// A member is recorded as in progress, but not decoded.
  case memberNoted = "member.noted"
  /// A member has a final state, but is not stored.
  case memberEnded = "member.ended"
  /// In a separate process, a member that crashed an earlier run is about to be read.
  case memberIsolated = "member.isolated"
  /// Inside the transaction that stores a batch.
  case storeCommitting = "store.committing"
  /// A batch is stored.
  case storeCommitted = "store.committed"
  /// A database is about to be migrated or created.
  case storeOpened = "store.opened"
  /// A removed source's readings are deleted; its name is not, and the database is not rewritten.
  case sourceEmptied = "source.emptied"
  /// The database is rewritten, and still contains the name of a removed source.
  case sourceRewritten = "source.rewritten"
  /// A superseded result set is deleted; others may remain.
  case setDropped = "set.dropped"
  /// A shard is verified, and none of it is in the database.
  case shardChecked = "shard.checked"
  /// Inside the transaction that copies a shard: its rows are in, and an index may be missing.
  case shardCopied = "shard.copied"
  /// Inside the transaction that copies a shard, just before its end.
  case shardTaken = "shard.taken"
  /// A shard is merged; others may remain.
  case shardMerged = "shard.merged"
  /// A run is recorded.
  case runStarted = "run.started"
  /// A run has finished; the database is not closed.
  case runEnded = "run.ended"
  /// The ledger records a file's old and new paths, and the file is at the old one.
  case moveExpected = "move.expected"
  /// A file exists under both paths, as a link or a copy.
  case moveLinked = "move.linked"
  /// A file is at its new path, and the ledger records both.
  case moveDone = "move.done"
  /// Part of a file is copied to another file system.
  case moveCopying = "move.copying"
  /// The nightly run has finished, but the report is not written.
  case nightRead = "night.read"

  /// Does what STREETNUM_FAILPOINT requests, if it names this point and the count is reached.
  @inline(__always)
  package func reach() {
    #if Failpoints
      FailpointPlan.current?.reach(self)
    #endif
  }
}

#if Failpoints
  /// The parsed value of STREETNUM_FAILPOINT.
  private final class FailpointPlan: Sendable {
    private let failpoint: Failpoint
    private let signal: Int32
    private let left: Mutex<Int>

    static let current: FailpointPlan? = {
      guard let text = ProcessInfo.processInfo.environment["STREETNUM_FAILPOINT"] else { return nil }
      let parts = text.split(separator: ":").map(String.init)
      guard parts.count == 3, let failpoint = Failpoint(rawValue: parts[0]), let count = Int(parts[1]),
        let signal = ["kill": SIGKILL, "stop": SIGSTOP, "crash": SIGSEGV][parts[2]]
      else { preconditionFailure("STREETNUM_FAILPOINT is NAME:COUNT:kill, stop or crash, not \(text)") }
      return FailpointPlan(failpoint, count, signal)
    }()

    private init(_ failpoint: Failpoint, _ count: Int, _ signal: Int32) {
      (self.failpoint, self.signal) = (failpoint, signal)
      left = Mutex(count)
    }

    func reach(_ reached: Failpoint) {
      guard reached == failpoint else { return }
      let isDue = left.withLock { left in
        left -= 1
        return left == 0
      }
      guard isDue else { return }
      // Swift's own crash handler would return, and the program would not crash.
      if signal == SIGSEGV { Foundation.signal(SIGSEGV, SIG_DFL) }
      kill(getpid(), signal)
    }
  }
#endif
