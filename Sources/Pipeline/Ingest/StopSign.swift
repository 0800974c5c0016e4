import Synchronization

/// Tells an ingest to end early: what has been read is stored, nothing more is begun.
public final class StopSign: Sendable {
  private let raised = Atomic(false)

  /// One that is not raised.
  public init() {}

  /// Raises it for good; from any thread.
  public func raise() { raised.store(true, ordering: .relaxed) }

  /// Whether it was raised.
  public var isRaised: Bool { raised.load(ordering: .relaxed) }
}

/// Thrown by a run that was told to stop, after all that it had read was stored; the next run goes on there.
public struct Stopped: Error {
  /// Told to stop.
  package init() {}
}
