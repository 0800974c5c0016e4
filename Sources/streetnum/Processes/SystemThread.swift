import Foundation

/// A thread of the system, whose refusal is seen: Foundation's `Thread` tells nobody that there is none.
struct SystemThread {
  private let thread: pthread_t

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Starts a thread that runs `body`.
  init(_ body: @escaping @Sendable () -> Void) throws(ShortageError) {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(Body(body))
    let status = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      }, context.toOpaque())
    guard status == 0 else {
      context.release()
      throw ShortageError(what: "a thread can't be started: \(String(cString: strerror(status)))")
    }
    self.thread = thread
  }

  /// Waits until it has ended; once.
  func join() { pthread_join(thread, nil) }

  /// Lets it end by itself; nobody waits for it.
  func detach() { pthread_detach(thread) }
}
