import StreetCore
import libz

/// Decompresses gzip member by member, and checks the CRC-32 and length of each, which libarchive does not.
final class GzipDecoder: ByteDecoder {
  private let input: RawInput
  private let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  /// Allocated separately, because zlib stores its address.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  /// Whether a member has begun and not ended.
  private var isInside = false

  /// Returns nil if memory is short.
  init?(_ input: RawInput) {
    self.input = input
    stream.initialize(to: z_stream())
    // Adding 16 to the window bits selects gzip's header and trailer.
    let status = inflateInit2_(stream, 16 + MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { return nil }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    block.deallocate()
  }

  var consumed: Int { input.byteCount - Int(stream.pointee.avail_in) }

  func decode(into target: UnsafeMutableRawBufferPointer) throws(ByteDecoderError) -> Int {
    while true {
      if !isInside, !(try beginMember()) { return 0 }
      if stream.pointee.avail_in == 0 { try refill() }
      stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: Bytef.self)
      stream.pointee.avail_out = uInt(target.count)
      let status = inflate(stream, Z_NO_FLUSH)
      if status == Z_STREAM_END {
        isInside = false
        inflateReset(stream)
      }
      let count = target.count - Int(stream.pointee.avail_out)
      // If bytes were decoded, the error is thrown by the next call, which decodes none.
      if count > 0 { return count }
      if status != Z_OK && status != Z_STREAM_END { throw error(status) }
    }
  }

  private func error(_ status: Int32) -> ByteDecoderError {
    // Z_BUF_ERROR with room in the output means that the input has ended.
    if status == Z_BUF_ERROR { return .truncated }
    let message = stream.pointee.msg.map { String(cString: $0) } ?? "zlib gives no reason"
    // zlib's messages for a wrong CRC-32 and a wrong length.
    return ["incorrect data check", "incorrect length check"].contains(message) ? .checksum : .damaged(message)
  }

  /// Moves to the next member, past zero padding; returns whether there is one.
  private func beginMember() throws(ByteDecoderError) -> Bool {
    while true {
      if stream.pointee.avail_in < 2 { try refill() }
      guard stream.pointee.avail_in > 0, let next = stream.pointee.next_in else { return false }
      if next[0] != 0 {
        guard next[0] == 0x1F, stream.pointee.avail_in == 1 || next[1] == 0x8B else { throw .trailingData }
        isInside = true
        return true
      }
      stream.pointee.next_in = next + 1
      stream.pointee.avail_in -= 1
    }
  }

  /// Reads more input after the remaining bytes.
  private func refill() throws(ByteDecoderError) {
    let left = Int(stream.pointee.avail_in)
    if let next = stream.pointee.next_in {
      block.copyMemory(from: UnsafeRawBufferPointer(start: next, count: left))
    }
    let count: Int
    do throws(FileError) {
      count = try input.read(into: UnsafeMutableRawBufferPointer(rebasing: block[left...]))
    } catch {
      throw .unreadable(error)
    }
    stream.pointee.next_in = block.baseAddress?.assumingMemoryBound(to: Bytef.self)
    stream.pointee.avail_in = uInt(left + count)
  }
}
