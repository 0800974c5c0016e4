extension FileKind {
  /// A byte sequence at a fixed offset that identifies a kind of file.
  private struct Signature {
    var kind: FileKind
    var bytes: [UInt8]
    var offset = 0

    init(_ kind: FileKind, _ text: String, at offset: Int = 0, then bytes: [UInt8] = []) {
      (self.kind, self.bytes, self.offset) = (kind, Array(text.utf8) + bytes, offset)
    }

    init(_ kind: FileKind, _ bytes: [UInt8], at offset: Int = 0) {
      (self.kind, self.bytes, self.offset) = (kind, bytes, offset)
    }
  }

  /// The kind whose signature, listed below, the bytes match.
  init?(listed bytes: [UInt8]) {
    let match = (FileKind.pictures + FileKind.recordings + FileKind.archives).first {
      bytes.dropFirst($0.offset).starts(with: $0.bytes)
    }
    guard let match else { return nil }
    self = match.kind
  }

  private static let pictures = [
    Signature(.undecoded(.named("GIF")), "GIF87a"),
    Signature(.undecoded(.named("GIF")), "GIF89a"),
    // Canon's signature extends TIFF's, so it is tried first.
    Signature(.undecoded(.raw("CR2")), [0x49, 0x49, 42, 0, 16, 0, 0, 0, 0x43, 0x52, 2]),
    Signature(.undecoded(.tiff), "II", then: [42, 0]),
    Signature(.undecoded(.tiff), "MM", then: [0, 42]),
    Signature(.undecoded(.tiff), "II", then: [43, 0]),
    Signature(.undecoded(.tiff), "MM", then: [0, 43]),
    Signature(.undecoded(.raw("ORF")), "IIRO"),
    Signature(.undecoded(.raw("ORF")), "IIRS"),
    Signature(.undecoded(.raw("ORF")), "MMOR"),
    Signature(.undecoded(.raw("RW2")), "IIU", then: [0]),
    Signature(.undecoded(.raw("RAF")), "FUJIFILMCCD-RAW"),
    Signature(.undecoded(.raw("CRW")), "HEAPCCDR", at: 6),
    Signature(.undecoded(.raw("MRW")), [0, 0x4D, 0x52, 0x4D]),
    Signature(.undecoded(.raw("X3F")), "FOVb"),
    Signature(.undecoded(.named("Photoshop (PSD)")), "8BPS", then: [0]),
    Signature(.undecoded(.named("GIMP (XCF)")), "gimp xcf"),
    Signature(.undecoded(.jpegXL), [0xFF, 0x0A]),
    Signature(.undecoded(.jpegXL), [0, 0, 0, 0x0C, 0x4A, 0x58, 0x4C, 0x20, 0x0D, 0x0A, 0x87, 0x0A]),
    Signature(.undecoded(.jpeg2000), [0xFF, 0x4F, 0xFF, 0x51]),
    Signature(.undecoded(.named("JPEG XR")), [0x49, 0x49, 0xBC]),
    Signature(.undecoded(.named("JNG")), [0x8B, 0x4A, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
    Signature(.undecoded(.named("MNG")), [0x8A, 0x4D, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
    Signature(.undecoded(.named("BPG")), "BPG", then: [0xFB]),
    Signature(.undecoded(.named("FLIF")), "FLIF"),
    Signature(.undecoded(.named("QOI")), "qoif"),
    Signature(.undecoded(.named("OpenEXR")), [0x76, 0x2F, 0x31, 0x01]),
    Signature(.undecoded(.named("Radiance HDR")), "#?RADIANCE\n"),
    Signature(.undecoded(.named("Radiance HDR")), "#?RGBE\n"),
    Signature(.undecoded(.named("DirectDraw Surface")), "DDS ", then: [124, 0, 0, 0]),
    Signature(.undecoded(.named("DICOM")), "DICM", at: 128),
  ]

  private static let recordings = [
    Signature(.recording, [0x1A, 0x45, 0xDF, 0xA3]),  // Matroska and WebM
    Signature(.recording, [0, 0, 1, 0xBA]),  // MPEG program stream
    Signature(.recording, [0, 0, 1, 0xB3]),  // MPEG video
    Signature(.recording, [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]),  // ASF: WMV and WMA
    Signature(.recording, [0x06, 0x0E, 0x2B, 0x34, 0x02, 0x05, 0x01, 0x01]),  // MXF
    Signature(.recording, "FLV", then: [1]),
    Signature(.recording, ".RMF", then: [0]),
    Signature(.recording, "ID3"),
    Signature(.recording, "fLaC"),
    Signature(.recording, "OggS"),
    Signature(.recording, "MThd", then: [0]),
    Signature(.recording, "#!AMR"),
    Signature(.recording, ".snd", then: [0]),
    Signature(.recording, "caff", then: [0]),
    Signature(.recording, "wvpk"),
  ]

  private static let archives =
    skippableFrames + [
      Signature(.archive("zip"), "PK", then: [3, 4]),
      Signature(.archive("zip"), "PK", then: [5, 6]),
      Signature(.archive("zip"), "PK", then: [7, 8]),
      Signature(.archive("gzip"), [0x1F, 0x8B, 8]),
      Signature(.archive("xz"), [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]),
      Signature(.archive("zstd"), [0x28, 0xB5, 0x2F, 0xFD]),
      Signature(.archive("bzip2"), [0x31, 0x41, 0x59, 0x26, 0x53, 0x59], at: 4),
      Signature(.archive("bzip2"), [0x17, 0x72, 0x45, 0x38, 0x50, 0x90], at: 4),
      Signature(.archive("lz4"), [0x04, 0x22, 0x4D, 0x18]),
      Signature(.archive("lz4"), [0x02, 0x21, 0x4C, 0x18]),
      Signature(.archive("lzip"), "LZIP", then: [1]),
      Signature(.archive("compress"), [0x1F, 0x9D]),
      Signature(.archive("7-Zip"), [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
      Signature(.archive("RAR"), "Rar!", then: [0x1A, 7]),
      Signature(.archive("cabinet"), "MSCF", then: [0, 0, 0, 0]),
      Signature(.archive("xar"), "xar!"),
      Signature(.archive("cpio"), "070701"),
      Signature(.archive("cpio"), "070702"),
      Signature(.archive("cpio"), "070707"),
      Signature(.archive("LHA"), "-lh", at: 2),
      Signature(.archive("ACE"), "**ACE**", at: 7),
    ]

  /// The first bytes of skippable frames of zstd (RFC 8878, 3.1.2), which parallel compressors write.
  private static let skippableFrames = (0x50...0x5F).map { Signature(.archive("zstd"), [$0, 0x2A, 0x4D, 0x18]) }
}
