import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("What members are, by their first bytes") struct MemberKindTests {
  /// The signature of JPEG 2000 or JPEG XL, and the box behind it.
  private static func boxes(_ type: String, brand: String = "") -> [UInt8] {
    let signature: [UInt8] = [0, 0, 0, 12] + Array(type.utf8) + [13, 10, 0x87, 10]
    return signature + [0, 0, 0, 20] + Array("ftyp\(brand)".utf8)
  }

  /// Packets of a transport stream.
  private static func packets(lead: [UInt8]) -> [UInt8] {
    let packet: [UInt8] = lead + [0x47] + [UInt8](repeating: 1, count: 187)
    return packet + packet + packet
  }

  private static let bitmap: [UInt8] =
    [0x42, 0x4D, 70, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0]

  static let pictures: [MemberSample] = [
    MemberSample.typed("a.heic", "heic", ["mif1", "heic"], "HEIC"),
    .typed("IMG_1.HEIC", "mif1", ["mif1", "heic"], "HEIC"),
    .typed("burst.heic", "msf1", ["hevc"], "HEIC"),
    .typed("a", "mif1", ["miaf"], "HEIF"),
    .typed("a.avif", "avif", ["mif1", "miaf"], "AVIF"),
    .typed("b.avif", "mif1", ["miaf", "avif"], "AVIF"),
    .typed("a.avifs", "avis", ["msf1"], "AVIF"),
    .typed("c.heif", "isom", ["mp41", "heic"], "HEIC"),
    .typed("a.cr3", "crx ", ["isom"], "CR3"),
    .typed("renamed.jpg", "heic", [], "HEIC"),
    .typed("renamed.mp4", "avif", [], "AVIF"),
    .riff("a.webp", "WEBPVP8 ", "WebP"),
    MemberSample("a.tif", "II", [42, 0, 8, 0, 0, 0], "TIFF"),
    MemberSample("a.TIFF", "MM", [0, 42, 0, 0, 0, 8], "TIFF"),
    MemberSample("big.tif", "II", [43, 0, 8, 0, 0, 0], "TIFF"),
    MemberSample("a.dng", "II", [42, 0, 8, 0, 0, 0], "DNG"),
    MemberSample("a.NEF", "MM", [0, 42, 0, 0, 0, 8], "NEF"),
    MemberSample("a.arw", "II", [42, 0, 8, 0, 0, 0], "ARW"),
    MemberSample("a.pef", "MM", [0, 42, 0, 0, 0, 8], "PEF"),
    MemberSample("a", "II", [42, 0, 16, 0, 0, 0, 0x43, 0x52, 2, 0], "CR2"),
    MemberSample("a.orf", "IIRO", [8, 0, 0, 0], "ORF"),
    MemberSample("a.rw2", "IIU", [0, 24, 0, 0, 0], "RW2"),
    MemberSample("a.raf", "FUJIFILMCCD-RAW 0201", [], "RAF"),
    MemberSample("a.crw", "II\u{1A}\0\0\0HEAPCCDR", [], "CRW"),
    MemberSample("a.mrw", [0, 0x4D, 0x52, 0x4D], "MRW"),
    MemberSample("a.x3f", "FOVb", [], "X3F"),
    MemberSample("a.psd", "8BPS", [0, 1], "PSD"),
    MemberSample("a.jxl", [0xFF, 0x0A, 0xFA], "JPEG XL"),
    MemberSample("b.jxl", boxes("JXL "), "JPEG XL"),
    MemberSample("a.jp2", boxes("jP  ", brand: "jp2 "), "JPEG 2000"),
    MemberSample("a.j2k", [0xFF, 0x4F, 0xFF, 0x51], "JPEG 2000"),
    MemberSample("a.jxr", [0x49, 0x49, 0xBC, 1], "JPEG XR"),
    MemberSample("a.gif", "GIF89a", [1, 0, 1, 0], "GIF"),
    MemberSample("b.gif", "GIF87a", [1, 0, 1, 0], "GIF"),
    MemberSample("a.bmp", bitmap, "BMP"),
    MemberSample("a.qoi", "qoif", [0, 0, 0, 1], "QOI"),
    MemberSample("a.ppm", "P6\n# made by hand\n640 480\n255\n", [1, 2, 3], "Netpbm"),
    MemberSample("a.pgm", "P2 2 2 255 1 2 3 4", [], "Netpbm"),
    MemberSample("a.pbm", "P4\n8 1\n", [255], "Netpbm"),
    MemberSample("a.pam", "P7\nWIDTH 2\nHEIGHT 2\n", [], "Netpbm"),
    MemberSample("a.exr", [0x76, 0x2F, 0x31, 1], "OpenEXR"),
    MemberSample("a.jng", [0x8B, 0x4A, 0x4E, 0x47, 13, 10, 0x1A, 10], "JNG"),
    MemberSample("no extension", "GIF89a", [1, 0, 1, 0], "GIF"),
  ]

  static let recordings: [MemberSample] = [
    MemberSample.typed("a.mp4", "isom", ["iso2", "avc1", "mp41"]),
    .typed("a.mov", "qt  ", []),
    .typed("a.m4a", "M4A ", ["mp42"]),
    .typed("a.3gp", "3gp4", []),
    MemberSample("old.mov", [0, 0, 1, 0, 0x6D, 0x6F, 0x6F, 0x76]),
    MemberSample("a.mj2", boxes("jP  ", brand: "mjp2")),
    .riff("a.avi", "AVI LIST"),
    .riff("a.wav", "WAVEfmt "),
    MemberSample("a.mkv", [0x1A, 0x45, 0xDF, 0xA3]),
    MemberSample("a.mpg", [0, 0, 1, 0xBA, 0x44]),
    MemberSample("a.m2v", [0, 0, 1, 0xB3]),
    MemberSample("a.ts", packets(lead: [])),
    MemberSample("a.mts", packets(lead: [1, 2, 3, 4])),
    MemberSample("a.wmv", [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]),
    MemberSample("a.flv", "FLV", [1]),
    MemberSample("a.mp3", "ID3", [4, 0]),
    MemberSample("b.mp3", [0xFF, 0xFB, 0x90, 0x64]),
    MemberSample("a.aac", [0xFF, 0xF1, 0x50, 0x80]),
    MemberSample("a.flac", "fLaC"),
    MemberSample("a.ogg", "OggS"),
    MemberSample("a.aif", "FORM\u{1}\u{1}\u{1}\u{1}AIFF"),
  ]

  static let archives: [MemberSample] = [
    MemberSample("day1.tar", TarFile([("1.png", ArchiveFixture.picture(1))]).bytes, "tar"),
    MemberSample("named like a picture.jpg", TarFile([("1.png", [1])]).bytes, "tar"),
    MemberSample("GIF89a.tar", TarFile([("GIF89a", [1])]).bytes, "tar"),
    MemberSample("day1.tgz", GzipFile.compress([1, 2, 3]), "gzip"),
    MemberSample("1.jpg.gz", GzipFile.compress([1, 2, 3]), "gzip"),
    MemberSample("a.tar.xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "xz"),
    MemberSample("a.tar.zst", [0x28, 0xB5, 0x2F, 0xFD], "zstd"),
    MemberSample("b.tar.zst", [0x50, 0x2A, 0x4D, 0x18], "zstd"),
    MemberSample("a.tar.bz2", "BZh91AY&SY", [], "bzip2"),
    MemberSample("a.tar.lz4", [0x04, 0x22, 0x4D, 0x18], "lz4"),
    MemberSample("a.zip", ZipFile([("1.png", ArchiveFixture.picture(1))]).bytes, "zip"),
    MemberSample("empty.zip", "PK\u{5}\u{6}", [], "zip"),
    MemberSample("a.7z", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "7-Zip"),
    MemberSample("a.rar", "Rar!", [0x1A, 7, 0], "RAR"),
    MemberSample("a.cpio", "070701", [], "cpio"),
    MemberSample("lost.tar", "no tar at all", [], "archive"),
    MemberSample("lost.zip", [], "archive"),
  ]

  static let others: [MemberSample] = [
    MemberSample("readme.txt", "Photographs of houses."),
    MemberSample("empty", []),
    MemberSample("P1 of 3.txt", "P1 is the first of 3."),
    MemberSample("BM.txt", "BM 12 is a bench mark of the survey, and so on."),
    MemberSample("wide.txt", [0xFF, 0xFE, 97, 0, 32, 0, 98, 0]),
    MemberSample("icon.ico", [0, 0, 1, 0, 1, 0, 16, 16]),
    MemberSample("a.pdf", "%PDF-1.7"),
    MemberSample("a.svg", "<svg/>"),
    MemberSample("a.docx", ZipFile([("word/document.xml", [1])]).bytes),
    MemberSample("renamed", ZipFile([("[Content_Types].xml", [1])]).bytes),
    MemberSample("book", ZipFile([("mimetype", Array("application/epub+zip".utf8))]).bytes),
    MemberSample("tool.jar", ZipFile([("META-INF/MANIFEST.MF", [1])]).bytes),
    MemberSample("app.APK", ZipFile([("classes.dex", [1])]).bytes),
    MemberSample("log.txt.gz", GzipFile.compress([1, 2, 3])),
    MemberSample("drawing.svgz", GzipFile.compress([1, 2, 3])),
  ]

  static let promises: [MemberSample] = [
    "png", "jpg", "JPEG", "jfif", "jpe", "jif", "heic", "HEIF", "avif", "webp", "tif", "tiff", "dng", "gif", "bmp",
    "jp2",
    "jxl", "psd", "cr2", "CR3", "nef", "arw", "orf", "rw2", "raf", "pef",
  ].flatMap { type -> [MemberSample] in
    [
      MemberSample("empty.\(type)", []), MemberSample("text.\(type)", "no picture"),
      MemberSample(".\(type)", "no picture"),
    ]
  }

  /// How the sample ends as the only member of a tar and of a folder.
  private func endings(_ sample: MemberSample) throws -> [ArchiveFixture.Ending] {
    let fixture = try ArchiveFixture()
    let folder = fixture.folder.path + "/photographs"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    try Data(sample.bytes).write(to: URL(fileURLWithPath: folder + "/" + sample.name))
    return [try fixture.ingest(TarFile([(sample.name, sample.bytes)]).bytes), try fixture.ingest(path: folder)]
  }

  @Test("A still picture that isn't decoded is rejected with its format and a way out", arguments: pictures)
  func undecoded(sample: MemberSample) throws {
    for ending in try endings(sample) {
      #expect(ending.members == ["image.unsupported"])
      #expect(ending.counts.rejected == 1)
      #expect(ending.messages.allSatisfy { $0.contains(" \(sample.format)") || $0.contains("(\(sample.format))") })
      #expect(ending.messages.allSatisfy { $0.contains("convert") || $0.contains("develop") })
    }
  }

  @Test("So it is by itself: a source of one member", arguments: pictures)
  func undecodedAlone(sample: MemberSample) throws {
    let fixture = try ArchiveFixture()
    let ending = try fixture.ingest(sample.bytes, as: sample.name)
    #expect(ending.reason == nil)
    #expect(ending.members == ["image.unsupported"])
    let error = #expect(throws: ImageFileError.self) {
      try ImageFile(path: fixture.folder.path + "/" + sample.name, limits: ImageLimits())
    }
    #expect(error?.error.code == .unsupported)
  }

  @Test("Video and sound are ignored as such", arguments: recordings)
  func recordingsAsMembers(sample: MemberSample) throws {
    for ending in try endings(sample) {
      #expect(ending.members == ["member.not_a_photograph"])
      #expect(ending.counts.ignored == 1)
    }
  }

  @Test("Video that is named like a picture is rejected", arguments: recordings)
  func misnamedRecordings(sample: MemberSample) throws {
    for ending in try endings(MemberSample("a.jpg", sample.bytes)) { #expect(ending.members == ["image.not_an_image"]) }
  }

  @Test("An archive or a compressed file inside a source is rejected as nested", arguments: archives)
  func archivesAsMembers(sample: MemberSample) throws {
    for ending in try endings(sample) {
      #expect(ending.members == ["archive.nested"])
      #expect(ending.counts.rejected == 1)
      #expect(ending.messages.allSatisfy { $0.contains(sample.format) })
    }
  }

  @Test("Texts, documents and programs are ignored", arguments: others)
  func othersAsMembers(sample: MemberSample) throws {
    for ending in try endings(sample) {
      #expect(ending.members == ["member.not_a_picture"])
      #expect(ending.counts.ignored == 1)
    }
  }

  @Test("What is named like a picture and is none is rejected", arguments: promises)
  func brokenPromises(sample: MemberSample) throws {
    for ending in try endings(sample) {
      #expect(ending.members == ["image.not_an_image"])
      #expect(ending.messages.allSatisfy { $0.contains("empty") == sample.bytes.isEmpty })
    }
  }

  @Test("A picture is read under any name", arguments: ["a.txt", "a.heic", "a.tar", "a", "a.mp4"])
  func picturesUnderAnyName(name: String) throws {
    for ending in try endings(MemberSample(name, ArchiveFixture.picture(3))) { #expect(ending.members == [""]) }
  }

  @Test(
    "A tar whose first name begins like a picture is a tar", arguments: ["GIF89a", "BM", "8BPS", "FUJIFILMCCD-RAW"])
  func tarNamedLikePicture(name: String) throws {
    let ending = try ArchiveFixture().ingest(TarFile([(name + ".png", ArchiveFixture.picture(1))]).bytes)
    #expect(ending.members == [""])
  }
}
