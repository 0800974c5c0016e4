import DigitNet
import Pipeline
import TestSupport
import Testing

@Suite("JPEG pixels") struct JPEGDecoderTests {
  /// The largest difference between two pictures' samples.
  static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    zip(a, b).map { abs(Int($0) - Int($1)) }.max() ?? 0
  }

  @Test("every colour space and coding decodes as another decoder does", arguments: JPEGFixture.all)
  func decodes(fixture: JPEGFixture) throws {
    let image = try ImageDecoder.decode(fixture.file)
    #expect(image.width == JPEGFixture.width)
    #expect(image.height == JPEGFixture.height)
    #expect(image.pixels.count == fixture.pixels.count)
    #expect(Self.distance(image.pixels, fixture.pixels) <= 1)
  }

  @Test("CMYK without an Adobe marker is the inverse of what it is with one")
  func heedsAdobe() {
    #expect(Self.distance(JPEGFixture.adobeCMYK.pixels, JPEGFixture.plainCMYK.pixels) > 100)
  }

  @Test("stray bytes before a marker and after the end are no concern")
  func toleratesStrayBytes() throws {
    let file = JPEGFixture.colour.file
    let whole = try ImageDecoder.decode(file)
    #expect(try ImageDecoder.decode(file + [0, 1, 2]) == whole)
    #expect(try ImageDecoder.decode(file.dropLast(2) + [1, 2, 3] + file.suffix(2)) == whole)
    let tables = try #require(markerOffset(0xDB, in: file))
    #expect(try ImageDecoder.decode(file.prefix(tables) + [1, 2, 3] + file.dropFirst(tables)) == whole)
  }

  @Test("scan parameters that baseline does not use are no concern")
  func toleratesScanParameters() throws {
    var file = JPEGFixture.grey.file
    let scan = try #require(markerOffset(0xDA, in: file))
    #expect(file[scan + 8] == 63)
    file[scan + 8] = 62
    #expect(try ImageDecoder.decode(file) == ImageDecoder.decode(JPEGFixture.grey.file))
  }

  @Test("a picture whose data end before its last block is damaged, not filled with grey")
  func refusesLostBlocks() {
    let file = JPEGFixture.colour.file
    #expect(rejection(file.dropLast(40) + file.suffix(2)) == .damaged)
  }

  @Test("a restart marker out of turn is damage")
  func refusesRestartOutOfTurn() throws {
    var file = JPEGFixture.fullColour.file
    let restart = try #require(markerOffset(0xD0, in: file))
    file[restart + 1] = 0xD3
    #expect(rejection(file) == .damaged)
  }

  @Test("stray bytes before a restart marker are the remainder of a segment that was decoded wrongly")
  func refusesStrayBytesBeforeRestart() throws {
    let file = JPEGFixture.fullColour.file
    let restart = try #require(markerOffset(0xD0, in: file))
    let stray = [UInt8](repeating: 1, count: 40)
    #expect(rejection(file[..<restart] + stray + file[restart...]) == .damaged)
  }

  @Test("stray bytes in place of the end marker do not make a cut file whole", arguments: JPEGFixture.all)
  func refusesMissingEnd(fixture: JPEGFixture) {
    #expect(rejection(fixture.file.dropLast(2) + [UInt8](repeating: 1, count: 40)) == .truncated)
  }

  @Test("a component that no scan brings is damage, not grey")
  func refusesMissingComponent() throws {
    let file = JPEGFixture.grey.file
    let frame = try #require(markerOffset(0xC0, in: file))
    // Length 17 and three components in place of length 11 and one.
    let header: [UInt8] = [0, 17] + file[frame + 4..<frame + 9] + [3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]
    #expect(rejection(file[..<(frame + 2)] + header + file[(frame + 13)...]) == .damaged)
  }

  @Test("lossless, hierarchical and arithmetic frames are unsupported", arguments: [0xC3, 0xC5, 0xC9, 0xCA])
  func refusesOtherProcesses(marker: UInt8) throws {
    var file = JPEGFixture.colour.file
    let frame = try #require(markerOffset(0xC0, in: file))
    file[frame + 1] = marker
    #expect(rejection(file) == .unsupported)
  }

  @Test("12 bits are unsupported")
  func refusesTwelveBits() throws {
    var file = JPEGFixture.colour.file
    let frame = try #require(markerOffset(0xC0, in: file))
    file[frame + 4] = 12
    #expect(rejection(file) == .unsupported)
  }

  @Test("as many scans as allowed are read, one more is refused with the option to raise")
  func limitsScans() throws {
    let fixture = JPEGFixture.progressive
    let image = try ImageDecoder.decode(fixture.file, limits: ImageLimits(progressiveScans: 10))
    #expect(Self.distance(image.pixels, fixture.pixels) <= 1)
    let error = #expect(throws: ImageError.self) {
      try ImageDecoder.decode(fixture.file, limits: ImageLimits(progressiveScans: 9))
    }
    #expect(error?.code == .tooManyScans)
    #expect(error?.message.hasSuffix("; to read it, raise the limit") == true)
  }
}

/// Why a file can't be decoded; nil where it can.
func rejection(_ file: some Sequence<UInt8>, limits: ImageLimits = ImageLimits()) -> ImageError.Code? {
  do throws(ImageError) {
    _ = try ImageDecoder.decode(Array(file), limits: limits)
    return nil
  } catch {
    return error.code
  }
}

/// Where the first such marker of a JPEG stands.
func markerOffset(_ marker: UInt8, in file: [UInt8]) -> Int? {
  file.indices.dropLast().first { file[$0] == 0xFF && file[$0 + 1] == marker }
}
