import ArgumentParser
import Foundation
import Pipeline

/// What a command needs of the system beside files, looked at before work is begun: Dispatch waits for ever for a thread that
/// can't be had, and Swift ends the program without a word where memory can't.
enum SystemShortage {
  /// Threads beside those that compute: the writer, Dispatch's own, and those that talk to another process.
  private static let otherThreads = 4
  /// Files that are open at once, at most: the database and what lies beside it, a source, pipes to another process.
  private static let descriptors = 16
  /// Bytes of addresses without which no picture can be read: the networks' buffers and small pictures for one worker, and
  /// what all share.
  private static let (bytesOfWorker, sharedBytes) = (96 << 20, 64 << 20)

  /// Throws where the system would give fewer threads or less memory than so many workers need. Costs starting the threads
  /// once.
  /// `pictures` are in memory at once, as many as there are workers unless something else is said.
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

  /// Whether the addresses of this process are bounded.
  private static var isLimited: Bool {
    [RLIMIT_AS, RLIMIT_DATA].map { __rlimit_resource_t($0.rawValue) }.contains { resource in
      var limit = rlimit()
      return getrlimit(resource, &limit) == 0 && limit.rlim_cur != .max
    }
  }

  /// Has the line and the exit of a shortage take the place of the signal by which Swift's runtime ends the program where memory
  /// can't be had. What is stored stays so, as if the program were killed.
  private static func endQuietlyWithoutMemory() {
    for number in [SIGABRT, SIGILL, SIGTRAP] {
      signal(number) { _ in
        let line: StaticString =
          "streetnum: crashed, most likely out of memory: raise the limit (`ulimit -v`, `-d`) or lower --jobs\n"
        _ = write(STDERR_FILENO, line.utf8Start, line.utf8CodeUnitCount)
        _exit(ExitCode.shortage.rawValue)
      }
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

/// Why a command can't work: the system gives it too little.
struct ShortageError: Reportable {
  let what: String

  var summary: String { "A limit of the system was reached: \(what); raise it, see `ulimit -a`, or lower --jobs" }
  var exitCode: ExitCode { .shortage }
}
