import StreetCore

/// Turns a source's raw bytes into those of the tar in it.
protocol ByteDecoder {
  /// Fills as much of `target` as can be had at once; none at the end.
  ///
  /// Throws where nothing more can be had; what was given out before stays good.
  func decode(into target: UnsafeMutableRawBufferPointer) throws(ByteDecoderError) -> Int

  /// Raw bytes that what was given out took.
  var consumed: Int { get }
}

/// Why nothing more comes out of a decoder.
enum ByteDecoderError: Error {
  /// The system fails to give the raw bytes.
  case unreadable(FileError)
  /// The compressed bytes end too early.
  case truncated
  /// They make no sense, in the decoder's words.
  case damaged(String)
  /// They are compressed in a way, which this says, that isn't read.
  case unsupported(String)
  /// All of them came out, but a checksum or a length says that they are not what they were.
  case checksum
  /// Something follows the compressed bytes that is neither more of them nor zeros.
  case trailingData
  /// What is compressed is compressed again.
  case nested
}

/// Bytes that are not compressed.
final class PlainDecoder: ByteDecoder {
  private let input: RawInput

  init(_ input: RawInput) { self.input = input }

  var consumed: Int { input.byteCount }

  func decode(into target: UnsafeMutableRawBufferPointer) throws(ByteDecoderError) -> Int {
    do throws(FileError) {
      return try input.read(into: target)
    } catch {
      throw .unreadable(error)
    }
  }
}
