import libz

/// A zlib stream in memory (RFC 1950), such as PNG's compressed text.
enum ZlibStream {
  /// The first bytes of the decompressed stream, at most `limit`; for a damaged or truncated stream, the bytes up to
  /// the error.
  static func inflate(_ stream: ArraySlice<UInt8>, limit: Int) -> [UInt8] {
    // Allocated separately, because zlib stores its address.
    let state = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    state.initialize(to: z_stream())
    defer { state.deallocate() }
    guard inflateInit_(state, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return [] }
    defer { inflateEnd(state) }
    return stream.withUnsafeBufferPointer { input in
      state.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      state.pointee.avail_in = uInt(clamping: input.count)
      var bytes: [UInt8] = []
      while bytes.count < limit {
        let room = min(1 << 16, limit - bytes.count)
        var status = Z_OK
        let part = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
          state.pointee.next_out = buffer.baseAddress
          state.pointee.avail_out = uInt(room)
          status = libz.inflate(state, Z_NO_FLUSH)
          count = room - Int(state.pointee.avail_out)
        }
        bytes += part
        if status != Z_OK || part.isEmpty { break }
      }
      return bytes
    }
  }
}
