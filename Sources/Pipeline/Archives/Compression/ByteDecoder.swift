import StreetCore

/// Decodes a source's raw bytes to the bytes of the tar it contains.
protocol ByteDecoder {
  /// Writes the next decoded bytes to the start of `target`, as many as are available at once, and returns their
  /// number; 0 at the end.
  ///
  /// Throws if no more can be decoded; bytes returned earlier stay valid.
  func decode(into target: UnsafeMutableRawBufferPointer) throws(ByteDecoderError) -> Int

  /// The number of raw bytes consumed for the decoded ones.
  var consumed: Int { get }
}

/// Why a decoder can't continue.
enum ByteDecoderError: Error {
  /// The system can't read the raw bytes.
  case unreadable(FileError)
  /// The compressed data end too early.
  case truncated
  /// The compressed data are invalid; the value is the decoder's message.
  case damaged(String)
  /// The compression variant, named by the value, is not supported.
  case unsupported(String)
  /// Everything was decoded, but a checksum or a length is wrong.
  case checksum
  /// Data that are neither compressed nor zeros follow the compressed data.
  case trailingData
  /// The decompressed data are compressed again.
  case nested
}

/// Passes uncompressed bytes through.
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
