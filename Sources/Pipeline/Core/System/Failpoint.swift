#if Failpoints
  import Foundation
  import Synchronization
#endif

/// A place in the program at which a test can have it killed or stopped: where what comes before is done, and what comes
/// after is not.
///
/// Built in by the package trait `Failpoints` alone; otherwise nothing is left of it.
/// `STREETNUM_FAILPOINT=store.committed:3:kill` kills the program when it reaches the place for the third time; `stop` stops it.
package enum Failpoint: String, CaseIterable, Sendable {
  /// A source is this run's, nothing of it is read.
  case sourceClaimed = "source.claimed"
  /// Inside the archive's parser, in front of a member.
  case archiveParsing = "archive.parsing"
  /// All members are stored, the set is not complete.
  case sourceRead = "source.read"
  /// The set is complete.
  case sourceComplete = "source.complete"
  /// A stream is the archive that it turned out to be.
  case streamSealed = "stream.sealed"
  /// A member is written down, and not decoded.
  case memberNoted = "member.noted"
  /// A member has ended, and is not stored.
  case memberEnded = "member.ended"
  /// In a process of its own: a member that ended a run before is about to be read.
  case memberIsolated = "member.isolated"
  /// Inside the transaction that stores a batch.
  case storeCommitting = "store.committing"
  /// A batch is stored.
  case storeCommitted = "store.committed"
  /// A database of an older version is about to be migrated, or a new one to be made.
  case storeOpened = "store.opened"
  /// What was read in a source that is removed is gone; the source's name is not, and the database is not rewritten.
  case sourceEmptied = "source.emptied"
  /// A database is rewritten, and the name of a source that is removed is still in it.
  case sourceRewritten = "source.rewritten"
  /// A superseded set is dropped, and maybe others are not.
  case setDropped = "set.dropped"
  /// A shard is checked, and nothing of it is in the database.
  case shardChecked = "shard.checked"
  /// Inside the transaction that takes a shard over: its rows are in, and an index may be missing.
  case shardCopied = "shard.copied"
  /// The same, in front of its end.
  case shardTaken = "shard.taken"
  /// A shard is merged, and maybe others are not.
  case shardMerged = "shard.merged"
  /// A run is entered.
  case runStarted = "run.started"
  /// A run is over; the database is not closed.
  case runEnded = "run.ended"
  /// The ledger knows a file's old place and the new one; it is at the old.
  case moveExpected = "move.expected"
  /// A file has both names, or both copies.
  case moveLinked = "move.linked"
  /// A file is at its new place, the ledger knows both.
  case moveDone = "move.done"
  /// A part of a file is copied to another file system.
  case moveCopying = "move.copying"
  /// The night is done, the report is not written.
  case nightRead = "night.read"

  /// Does what STREETNUM_FAILPOINT says, where this is the place and the time.
  @inline(__always)
  package func reach() {
    #if Failpoints
      FailpointPlan.current?.reach(self)
    #endif
  }
}

#if Failpoints
  /// What STREETNUM_FAILPOINT says.
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
      // Swift's own handler of crashes would return to a program that did not crash.
      if signal == SIGSEGV { Foundation.signal(SIGSEGV, SIG_DFL) }
      kill(getpid(), signal)
    }
  }
#endif
