import Foundation

/// What the system said when it refused: an errno.
package struct FileError: Error, Hashable {
  package let number: Int32

  package init(number: Int32) { self.number = number }

  /// The system's own words.
  package var message: String { String(cString: strerror(number)) }

  /// Whether the system has no more of something now: descriptors, processes, memory. It says nothing of the file.
  package var isShortage: Bool { [EMFILE, ENFILE, ENOMEM, ENOBUFS, EAGAIN].contains(number) }
}

/// Tries a system call again while it is interrupted; throws what it refuses with.
@discardableResult
package func uninterrupted<Value: SignedInteger>(_ call: () -> Value) throws(FileError) -> Value {
  while true {
    let value = call()
    if value >= 0 { return value }
    if errno != EINTR { throw FileError(number: errno) }
  }
}
