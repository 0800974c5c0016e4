import CDigitKernels

/// Scratch memory for the kernels: outputs, pointers to the rows that they read and write, and intermediate sums.
struct Workspace {
  let outputs: UnsafeMutablePointer<Int16>
  let inputs: UnsafeMutablePointer<UnsafePointer<UInt8>>
  let targets: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>>
  let scratch: UnsafeMutableRawPointer

  /// Calls `body` with memory for the given numbers of outputs, input rows (at least those of a Winograd tile) and
  /// scratch bytes.
  static func with(outputs: Int, inputs: Int, scratch: Int, _ body: (Workspace) -> Void) {
    let side = DIGIT_WINOGRAD_SIDE
    withUnsafeTemporaryAllocation(of: Int16.self, capacity: outputs) { outputs in
      withUnsafeTemporaryAllocation(of: UnsafePointer<UInt8>.self, capacity: max(inputs, side + 2)) { inputs in
        withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<UInt8>.self, capacity: side) { targets in
          withUnsafeTemporaryAllocation(byteCount: max(scratch, 1), alignment: 64) { scratch in
            guard let outputs = outputs.baseAddress, let inputs = inputs.baseAddress,
              let targets = targets.baseAddress, let scratch = scratch.baseAddress
            else { return }
            body(Workspace(outputs: outputs, inputs: inputs, targets: targets, scratch: scratch))
          }
        }
      }
    }
  }
}
