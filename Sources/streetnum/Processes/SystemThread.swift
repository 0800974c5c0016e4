import Foundation

/// A thread of the system whose start can fail with an error; Foundation's `Thread` does not report a failed start.
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

  /// Waits until the thread has ended; call it once.
  func join() { pthread_join(thread, nil) }

  /// Detaches the thread; nobody waits for its end.
  func detach() { pthread_detach(thread) }
}
