import ArgumentParser
import CProcess

/// Ties the life of this process to that of its parent, such as a worker of Spark whose tasks are given to others when it dies.
enum ParentDeath {
  /// From now on the system kills this process when its parent ends. Throws where the parent has ended already.
  static func follow() throws {
    guard process_die_with_parent() else {
      throw UsageError(summary: "--die-with-parent: the parent has ended already")
    }
  }
}
