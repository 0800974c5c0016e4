package import StreetCore

/// The kind of a file, determined by its first bytes. The name is not considered, because a format's signature does not
/// depend on it.
package enum FileKind: Sendable, Equatable {
  /// A picture that can be decoded.
  case picture(ImageFormat)
  /// A still picture in a format that is not supported.
  case undecoded(UndecodedFormat)
  /// Video or sound.
  case recording
  /// An archive or a compressed file, with the format's name.
  case archive(String)

  /// The number of first bytes that suffices for all kinds: a tar header.
  package static let byteCount = TarRecord.byteCount

  /// Returns nil if the bytes match none of these kinds.
  package init?(_ first: some Collection<UInt8>) {
    if let format = ImageFormat(signature: first) {
      self = .picture(format)
      return
    }
    let bytes = Array(first.prefix(FileKind.byteCount))
    // A tar begins with its first member's name, which may match any signature that is text.
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

  /// Whether it is a still picture, supported or not.
  var isPicture: Bool {
    switch self {
    case .picture, .undecoded: true
    case .recording, .archive: false
    }
  }

  /// RIFF and IFF: four letters, a length, and the letters of the content type.
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

  /// Windows bitmap and Netpbm. Their signatures have only two letters, so the header that follows is checked too.
  private init?(bitmap bytes: [UInt8]) {
    if bytes.starts(with: Array("BM".utf8)), bytes.count >= 26 {
      // The reserved bytes, and the length of the header that follows, which depends on its version.
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

  /// Formats of frames or packets that each have a short signature: MPEG audio and MPEG transport streams.
  private init?(streamed bytes: [UInt8]) {
    guard FileKind.isAudioFrame(bytes) || FileKind.isTransportStream(bytes) else { return nil }
    self = .recording
  }

  /// MPEG audio of layer II or III (ISO 11172-3, 2.4.1.3), or AAC in ADTS. Layer I is left out, because it is rare and
  /// UTF-16 text begins like it.
  private static func isAudioFrame(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 4, bytes[0] == 0xFF, bytes[1] & 0xE0 == 0xE0 else { return false }
    if [0xF0, 0xF1, 0xF8, 0xF9].contains(bytes[1]) { return bytes[2] >> 2 & 15 <= 12 }
    let isLayer = [2, 4].contains(bytes[1] & 6)
    return isLayer && bytes[1] & 0x18 != 8 && bytes[2] >> 4 != 15 && bytes[2] & 0x0C != 0x0C
  }

  /// An MPEG transport stream: packets of 188 bytes that begin with 0x47 (ISO 13818-1), possibly each after four more
  /// bytes, as cameras write them.
  private static func isTransportStream(_ bytes: [UInt8]) -> Bool {
    [(0, 188), (4, 192)].contains { start, step in
      [start, start + step].allSatisfy { $0 < bytes.count && bytes[$0] == 0x47 }
        && (start + 2 * step >= bytes.count || bytes[start + 2 * step] == 0x47)
    }
  }
}
