import CDigitKernels

/// The kernels for one instruction set.
public struct Kernels: Sendable {
  let functions: digit_kernels

  /// The name, as `STREETNUM_KERNEL` accepts it.
  public var name: String { String(cString: functions.name) }

  /// The fastest kernels that this machine can run.
  public static var best: Kernels { Kernels(functions: digit_kernels_best().pointee) }

  /// The kernels of the given name; nil if the name is unknown or this machine can't run them.
  public static func named(_ name: String) -> Kernels? {
    digit_kernels_named(name).map { Kernels(functions: $0.pointee) }
  }

  /// The names of all kernels in this build, fastest first, including those that this machine can't run.
  public static var names: [String] {
    (0..<16).compactMap { digit_kernels_name($0).map { String(cString: $0) } }
  }
}

// Sound because the structure only holds pointers to functions and to a literal, which never change.
extension digit_kernels: @retroactive @unchecked Sendable {}
