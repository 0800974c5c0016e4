import ArgumentParser
import Foundation
import Pipeline

/// Checks threads, descriptors and memory before a command begins: Dispatch waits for ever for a thread that can't be
/// started, and Swift ends the program without a message where memory can't be allocated.
enum SystemShortage {
  /// Threads that do not compute: the writer, Dispatch's own, and those that communicate with a child process.
  private static let otherThreads = 4
  /// The largest count of files that are open at once: the database and its side files, a source, and pipes to a child
  /// process.
  private static let descriptors = 16
  /// Bytes of address space without which no picture can be read: buffers of the networks and small pictures for each
  /// worker, and memory that all workers share.
  private static let (bytesOfWorker, sharedBytes) = (96 << 20, 64 << 20)

  /// Throws where the system provides fewer threads or less memory than `workers` need. `pictures` are in memory at
  /// once; nil stands for one per worker. Starts all threads once.
  static func check(workers: Int, pictures: Int? = nil) throws(ShortageError) {
    try checkDescriptors()
    try checkMemory(workers: pictures ?? workers)
    try checkThreads(workers + otherThreads)
  }

  private static func checkDescriptors() throws(ShortageError) {
    var open: [Int32] = []
    defer { for descriptor in open { close(descriptor) } }
    while open.count < descriptors {
      let descriptor = dup(STDERR_FILENO)
      guard descriptor >= 0 else {
        throw ShortageError(
          what: "fewer than \(descriptors) files can be opened: \(String(cString: strerror(errno)))")
      }
      open.append(descriptor)
    }
  }

  private static func checkMemory(workers: Int) throws(ShortageError) {
    guard isLimited else { return }
    endQuietlyWithoutMemory()
    let needed = sharedBytes + workers * bytesOfWorker
    let block = mmap(nil, needed, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard let block, block != MAP_FAILED else {
      throw ShortageError(what: "less than \(needed >> 20) MiB of memory is available to this process (`ulimit -v`)")
    }
    munmap(block, needed)
  }

  /// Whether the address space of this process is limited.
  private static var isLimited: Bool {
    [RLIMIT_AS, RLIMIT_DATA].map { __rlimit_resource_t($0.rawValue) }.contains { resource in
      var limit = rlimit()
      return getrlimit(resource, &limit) == 0 && limit.rlim_cur != .max
    }
  }

  /// Replaces the signal by which Swift's runtime ends the program when memory runs out by a message and the exit code
  /// for a shortage. Stored data are kept, as after a kill. Traps raise other signals and remain crashes.
  private static func endQuietlyWithoutMemory() {
    signal(SIGABRT) { _ in
      let line: StaticString =
        "streetnum: crashed, most likely out of memory: raise the limit (`ulimit -v`, `-d`) or lower --jobs\n"
      _ = write(STDERR_FILENO, line.utf8Start, line.utf8CodeUnitCount)
      _exit(ExitCode.shortage.rawValue)
    }
  }

  private static func checkThreads(_ count: Int) throws(ShortageError) {
    let gate = DispatchSemaphore(value: 0)
    var threads: [SystemThread] = []
    defer {
      for _ in threads { gate.signal() }
      for thread in threads { thread.join() }
    }
    for _ in 0..<count { threads.append(try SystemThread { gate.wait() }) }
  }
}

/// The error of a command for which the system provides too little.
struct ShortageError: Reportable {
  let what: String

  var summary: String { "A limit of the system was reached: \(what); raise it, see `ulimit -a`, or lower --jobs" }
  var exitCode: ExitCode { .shortage }
}
