package import StreetCore

/// What a file's first bytes say that it is. Its name has no say: formats keep their signature under any name.
package enum FileKind: Sendable, Equatable {
  /// A picture that is decoded.
  case picture(ImageFormat)
  /// A still picture that is not decoded.
  case undecoded(UndecodedFormat)
  /// Video or sound.
  case recording
  /// An archive or one compressed file, by the format's name.
  case archive(String)

  /// First bytes that are enough to tell: a tar's header. Fewer tell less.
  package static let byteCount = TarRecord.byteCount

  /// Nil where the bytes are of none of these kinds.
  package init?(_ first: some Collection<UInt8>) {
    if let format = ImageFormat(signature: first) {
      self = .picture(format)
      return
    }
    let bytes = Array(first.prefix(FileKind.byteCount))
    // A tar begins with its first member's name, which may be like any signature that is text.
    if TarRecord.isHeader(bytes) {
      self = .archive("tar")
    } else if let kind = FileKind(mediaFile: bytes) ?? FileKind(chunkFile: bytes) ?? FileKind(listed: bytes)
      ?? FileKind(bitmap: bytes) ?? FileKind(streamed: bytes)
    {
      self = kind
    } else {
      return nil
    }
  }

  /// Whether it is a still picture, decoded or not.
  var isPicture: Bool {
    switch self {
    case .picture, .undecoded: true
    case .recording, .archive: false
    }
  }

  /// RIFF and IFF: four letters, a length, and the letters of what it holds.
  private init?(chunkFile bytes: [UInt8]) {
    let form = String(decoding: bytes.dropFirst(8).prefix(4), as: UTF8.self)
    switch (String(decoding: bytes.prefix(4), as: UTF8.self), form) {
    case ("RIFF", "WEBP"): self = .undecoded(.webP)
    case ("RIFF", "AVI "), ("RIFF", "WAVE"), ("RIFF", "CDXA"), ("RIFF", "RMID"), ("RF64", "WAVE"),
      ("FORM", "AIFF"), ("FORM", "AIFC"):
      self = .recording
    default: return nil
    }
  }

  /// Windows' bitmap and Netpbm: two letters are little, so what follows them has to be a header.
  private init?(bitmap bytes: [UInt8]) {
    if bytes.starts(with: Array("BM".utf8)), bytes.count >= 26 {
      // Reserved bytes, and the length of the header that follows, by its version.
      let headers: Set<UInt8> = [12, 16, 40, 52, 56, 64, 108, 124]
      guard bytes[6..<10].allSatisfy({ $0 == 0 }), headers.contains(bytes[14]), bytes[15..<18].allSatisfy({ $0 == 0 })
      else { return nil }
      self = .undecoded(.named("BMP"))
    } else if Netpbm.isHeader(bytes) {
      self = .undecoded(.named("Netpbm"))
    } else {
      return nil
    }
  }

  /// Streams of frames or packets, each with a short mark: MPEG audio and MPEG transport streams.
  private init?(streamed bytes: [UInt8]) {
    guard FileKind.isAudioFrame(bytes) || FileKind.isTransportStream(bytes) else { return nil }
    self = .recording
  }

  /// Layer II or III of MPEG audio (ISO 11172-3, 2.4.1.3), or AAC's ADTS. Layer I is left out: it is hardly used, and text in
  /// UTF-16 begins like it.
  private static func isAudioFrame(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 4, bytes[0] == 0xFF, bytes[1] & 0xE0 == 0xE0 else { return false }
    if [0xF0, 0xF1, 0xF8, 0xF9].contains(bytes[1]) { return bytes[2] >> 2 & 15 <= 12 }
    let isLayer = [2, 4].contains(bytes[1] & 6)
    return isLayer && bytes[1] & 0x18 != 8 && bytes[2] >> 4 != 15 && bytes[2] & 0x0C != 0x0C
  }

  /// Packets of 188 bytes that begin with 0x47 (ISO 13818-1), maybe with four bytes in front of each, as cameras write them.
  private static func isTransportStream(_ bytes: [UInt8]) -> Bool {
    [(0, 188), (4, 192)].contains { start, step in
      [start, start + step].allSatisfy { $0 < bytes.count && bytes[$0] == 0x47 }
        && (start + 2 * step >= bytes.count || bytes[start + 2 * step] == 0x47)
    }
  }
}
