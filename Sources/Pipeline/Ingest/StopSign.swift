import Synchronization

/// Stops an ingest early: what has been read is stored, and nothing more is started.
public final class StopSign: Sendable {
  private let raised = Atomic(false)

  /// A sign that is not raised.
  public init() {}

  /// Raises the sign permanently; may be called from any thread.
  public func raise() { raised.store(true, ordering: .relaxed) }

  /// Whether the sign is raised.
  public var isRaised: Bool { raised.load(ordering: .relaxed) }
}

/// The error of a run that was stopped, after everything that it had read was stored; the next run resumes there.
public struct Stopped: Error {
  /// The error of a stopped run.
  package init() {}
}
