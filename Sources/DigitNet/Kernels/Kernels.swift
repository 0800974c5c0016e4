import CDigitKernels

/// The row kernels of one instruction set.
public struct Kernels: Sendable {
  let functions: digit_kernels

  /// Their name, as `STREETNUM_KERNEL` takes it.
  public var name: String { String(cString: functions.name) }

  /// The fastest that this machine can run.
  public static var best: Kernels { Kernels(functions: digit_kernels_best().pointee) }

  /// Those of a name, or nil where it is unknown or this machine can't run them.
  public static func named(_ name: String) -> Kernels? {
    digit_kernels_named(name).map { Kernels(functions: $0.pointee) }
  }

  /// All names that were built in, best first, whether this machine can run them or not.
  public static var names: [String] {
    (0..<16).compactMap { digit_kernels_name($0).map { String(cString: $0) } }
  }
}

// Sound, because it holds pointers to code and to a literal name, all of them constant.
extension digit_kernels: @retroactive @unchecked Sendable {}
