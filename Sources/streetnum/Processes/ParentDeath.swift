import ArgumentParser
import CProcess

/// Ties this process to its parent, such as a Spark worker whose tasks are reassigned when it dies.
enum ParentDeath {
  /// Makes the system kill this process when its parent ends. Throws if the parent ends meanwhile, or the system refuses.
  /// A parent that ended before can't be detected: the process that adopted this one counts as its parent.
  static func follow() throws {
    guard process_die_with_parent() else {
      throw UsageError(summary: "--die-with-parent: the parent has ended, or the system refuses")
    }
  }
}
