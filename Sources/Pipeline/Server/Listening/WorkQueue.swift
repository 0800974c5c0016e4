#if Server
  import NIOPosix
  import Synchronization

  /// Threads for blocking work, with a limit on waiting work.
  struct WorkQueue: Sendable {
    private let pool: NIOThreadPool
    private let places: Places

    private final class Places: Sendable {
      let free: Mutex<Int>
      init(_ count: Int) { free = Mutex(count) }
    }

    init(threads: Int, maximumWaiting: Int) {
      pool = NIOThreadPool(numberOfThreads: threads)
      places = Places(threads + maximumWaiting)
      pool.start()
    }

    /// Runs `work` on one of the threads; throws if too much work is waiting.
    func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async throws(WebError) -> Value {
      let hasPlace = places.free.withLock { free in
        guard free > 0 else { return false }
        free -= 1
        return true
      }
      guard hasPlace else { throw .overloaded }
      defer { places.free.withLock { $0 += 1 } }
      do {
        return try await pool.runIfActive(work)
      } catch {
        throw .overloaded
      }
    }

    /// Stops the threads when their work is done.
    func close() { pool.shutdownGracefully { _ in } }
  }
#endif
