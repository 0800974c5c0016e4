import DigitNet
import Pipeline
import TestSupport
import Testing

@Suite("Sound JPEG files that are unusual") struct UnusualJPEGTests {
  /// The file with 0 for its height, and the height in a marker behind its first scan.
  private static func deferringHeight(_ file: [UInt8], marker: Bool = true) throws -> [UInt8] {
    var changed = file
    let frame = try #require([0xC0, 0xC1, 0xC2].lazy.compactMap { markerOffset($0, in: file) }.first)
    changed.replaceSubrange(frame + 5..<frame + 7, with: [0, 0])
    let scan = try #require(markerOffset(0xDA, in: file))
    let end = try #require(
      file.indices.dropLast().first {
        $0 > scan + 2 && file[$0] == 0xFF && file[$0 + 1] != 0 && !(0xD0...0xD7).contains(file[$0 + 1])
      })
    if marker { changed.insert(contentsOf: [0xFF, 0xDC, 0, 4, 0, UInt8(JPEGFixture.height)], at: end) }
    return changed
  }

  @Test("a height that is stated behind the first scan counts", arguments: JPEGFixture.all)
  func deferredHeight(fixture: JPEGFixture) throws {
    let file = try Self.deferringHeight(fixture.file)
    #expect(try ImageDecoder.decode(file) == ImageDecoder.decode(fixture.file))
    var rows = 0
    try CodedImage(file).forEachRow { _ in rows += 1 }
    #expect(rows == JPEGFixture.height)
  }

  @Test("a height of 0 that nothing corrects is damage, and one whose correction is cut off is a cut file")
  func missingHeight() throws {
    #expect(rejection(try Self.deferringHeight(JPEGFixture.colour.file, marker: false)) == .damaged)
    let file = try Self.deferringHeight(JPEGFixture.colour.file)
    let marker = try #require(markerOffset(0xDC, in: file))
    let scan = try #require(markerOffset(0xDA, in: file))
    for length in scan + 20..<marker + 6 { #expect(rejection(file.prefix(length)) == .truncated) }
  }

  @Test("a stated height that is too large for the limits is refused as any other")
  func deferredHeightIsLimited() throws {
    var file = try Self.deferringHeight(JPEGFixture.colour.file)
    let marker = try #require(markerOffset(0xDC, in: file))
    file.replaceSubrange(marker + 4..<marker + 6, with: [255, 255])
    #expect(rejection(file, limits: ImageLimits(megapixels: 1)) == .tooManyPixels)
  }

  @Test("of several pictures in one file the first is read", arguments: JPEGFixture.all)
  func severalPictures(fixture: JPEGFixture) throws {
    let first = try ImageDecoder.decode(fixture.file)
    for other in JPEGFixture.all.map(\.file) + [Array("\0\0\0\u{18}ftypmp42".utf8)] {
      #expect(try ImageDecoder.decode(fixture.file + other) == first)
    }
    // The table of a multi-picture file (CIPA DC-007), in front.
    let table: [UInt8] = [0xFF, 0xE2, 0, 10] + Array("MPF\0II*\0".utf8)
    #expect(try ImageDecoder.decode(fixture.file.prefix(2) + table + fixture.file.dropFirst(2) + fixture.file) == first)
  }

  @Test("JPEG-LS is unsupported, not damaged")
  func losslessJPEG() throws {
    var file = JPEGFixture.grey.file
    let frame = try #require(markerOffset(0xC0, in: file))
    file[frame + 1] = 0xF7
    let error = #expect(throws: ImageError.self) { try ImageDecoder.decode(file) }
    #expect(error?.code == .unsupported)
    #expect(error?.message.contains("JPEG-LS") == true)
  }

  @Test("two components, and more blocks in a unit than the standard allows, are unsupported")
  func unusualComponents() throws {
    let file = JPEGFixture.grey.file
    let frame = try #require(markerOffset(0xC0, in: file))
    let scan = try #require(markerOffset(0xDA, in: file))
    let rest = file[(frame + 13)..<scan]
    func picture(_ components: [[UInt8]]) -> [UInt8] {
      let count = UInt8(components.count)
      let header: [UInt8] = [0, 8 + 3 * count] + file[frame + 4..<frame + 9] + [count] + components.flatMap(\.self)
      let selectors = components.flatMap { component -> [UInt8] in [component[0], 0] }
      let scanHeader: [UInt8] = [0xFF, 0xDA, 0, 6 + 2 * count, count] + selectors + [0, 63, 0]
      return file[..<(frame + 2)] + header + rest + scanHeader + file.dropFirst(scan + 10)
    }
    #expect(rejection(picture([[1, 0x11, 0], [2, 0x11, 0]])) == .unsupported)
    #expect(rejection(picture([[1, 0x44, 0], [2, 0x11, 0], [3, 0x11, 0]])) == .unsupported)
  }
}
