import CModel
public import DigitNet

extension Model {
  /// The bytes of the model file that is shipped with streetnum. Its licence differs from the code's: see
  /// WEIGHTS-NOTICE.md.
  public static var shippedFile: [UInt8] {
    Array(UnsafeBufferPointer(start: streetnum_model_bytes(), count: streetnum_model_size()))
  }
}
