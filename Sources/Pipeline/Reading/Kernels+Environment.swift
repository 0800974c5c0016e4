public import DigitNet
import Foundation

extension Kernels {
  /// The kernels named by the environment variable `STREETNUM_KERNEL`, or the fastest if it is not set.
  public static func chosen() throws(ModelError) -> Kernels {
    guard let name = ProcessInfo.processInfo.environment["STREETNUM_KERNEL"], !name.isEmpty else { return best }
    guard let kernels = named(name) else {
      let runnable = names.filter { named($0) != nil }.joined(separator: ", ")
      throw ModelError(
        .unknownKernel,
        "STREETNUM_KERNEL is \(name), which is unknown or can't run on this machine; it can run \(runnable)")
    }
    return kernels
  }
}
