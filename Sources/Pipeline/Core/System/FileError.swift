import Foundation

/// The error number (errno) of a failed system call.
package struct FileError: Error, Hashable {
  package let number: Int32

  package init(number: Int32) { self.number = number }

  /// The system's message.
  package var message: String { String(cString: strerror(number)) }

  /// Whether the system is out of descriptors, processes or memory, which says nothing about the file.
  package var isShortage: Bool { [EMFILE, ENFILE, ENOMEM, ENOBUFS, EAGAIN].contains(number) }
}

/// Repeats a system call while it is interrupted by signals; throws its error.
@discardableResult
package func uninterrupted<Value: SignedInteger>(_ call: () -> Value) throws(FileError) -> Value {
  while true {
    let value = call()
    if value >= 0 { return value }
    if errno != EINTR { throw FileError(number: errno) }
  }
}
