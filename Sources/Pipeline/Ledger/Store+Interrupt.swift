import GRDB

extension Store {
  /// Has the statement fail that runs at this moment, if any; from any thread.
  package func interrupt() { queue.interrupt() }
}
