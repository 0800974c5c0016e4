import DigitNet
import DigitNetWeights
import Foundation
import Pipeline
import TestSupport
import Testing

/// The two ends of a panorama of a full turn are neighbours.
@Suite("Panoramas")
struct PanoramaTests {
  private static let street =
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path + "/fixtures/street.tar"

  private static func reader(panoramas: Bool = false) throws -> NumberReader {
    try NumberReader(model: Model(file: Model.shippedFile), kernels: .best, readsPanoramas: panoramas)
  }

  /// Two photographs of the fixtures side by side, 27 at the columns 427 to 505 and 114 at 1,539 to 1,721, whose columns begin
  /// with one of them.
  private static func turn(from first: Int) throws -> Image {
    var photographs: [String: Image] = [:]
    try Source(path: street).forEachImage(named: { ["0001.jpg", "0002.jpg"].contains($0) }) { photographs[$0] = $1 }
    let (left, right) = (try #require(photographs["0001.jpg"]), try #require(photographs["0002.jpg"]))
    let (width, height) = (left.width + right.width, right.height)
    var pixels = [UInt8](repeating: 128, count: Image.channels * width * height)
    for (image, start) in [(left, 0), (right, left.width)] {
      for y in 0..<image.height {
        for x in 0..<image.width {
          let target = Image.channels * (y * width + (start + x - first + width) % width)
          let source = Image.channels * (y * image.width + x)
          for channel in 0..<Image.channels { pixels[target + channel] = image.pixels[source + channel] }
        }
      }
    }
    return Image(width: width, height: height, pixels: pixels)
  }

  private static func texts(_ numbers: [HouseNumber]) -> [String] {
    numbers.filter { $0.confidence >= Confidence.usual }.map(\.text).sorted()
  }

  @Test(
    "A number is read once and whole, wherever the turn begins", arguments: [0, 440, 466, 490, 1_560, 1_630, 1_700])
  func seam(first: Int) throws {
    let reader = try Self.reader()
    let turn = try Self.turn(from: first)
    let numbers = reader.numbers(inPanorama: turn)
    #expect(Self.texts(numbers) == ["114", "27"])
    for number in numbers {
      #expect(0..<turn.width ~= number.box.left)
      #expect(number.box.right <= turn.width + turn.width / 8)
      #expect(number.box == Box(around: number.digits.map(\.box)))
    }
    let isCut = first > 0
    #expect(numbers.contains { $0.box.right > turn.width } == isCut)
    // Read as any other picture, what lies on the seam is cut in two.
    #expect((Self.texts(reader.numbers(in: turn)) == ["114", "27"]) == !isCut)
  }

  @Test("A panorama that is read row by row shows the same numbers as in memory")
  func streamed() throws {
    let reader = try Self.reader()
    let turn = try Self.turn(from: 466)
    #expect(reader.numbers(ofPanorama: turn, threads: 2) == reader.numbers(inPanorama: turn))
  }

  @Test("A reader of panoramas reads every coded picture so, and by another method")
  func asked() throws {
    let bytes = try #require(ImageEncoder.png(Self.turn(from: 466)))
    let coded = try CodedImage(bytes)
    let (usual, panoramas) = (try Self.reader(), try Self.reader(panoramas: true))
    #expect(Self.texts(try panoramas.numbers(in: coded)) == ["114", "27"])
    #expect(Self.texts(try usual.numbers(in: coded)) != ["114", "27"])
    #expect(usual.identity != panoramas.identity)
  }

  @Test("A picture too narrow for a band is read as it is")
  func narrow() throws {
    let reader = try NumberReader(model: .sevens, kernels: .best)
    let image = Image(width: 7, height: 16, pixels: Array(repeating: 90, count: 7 * 16 * Image.channels))
    #expect(reader.numbers(inPanorama: image) == reader.numbers(in: image))
  }

  @Test("The crop of a number on the seam goes on at the left end, in memory and row by row")
  func crop() throws {
    let (width, height) = (800, 300)
    // Red says how far a column is from the seam.
    let pixels = (0..<width * height).flatMap { place -> [UInt8] in
      let x = place % width
      return [UInt8(min(255, min(x, width - x))), x < width / 2 ? 200 : 20, 60]
    }
    let image = Image(width: width, height: height, pixels: pixels)
    let box = Box(left: 780, top: 140, width: 50, height: 30)
    #expect(CropMaker(boxes: [box], of: image.size).isEmpty)
    #expect(CropMaker(boxes: [Box(left: 800, top: 1, width: 9, height: 9)], of: image.size, wraps: true).isEmpty)
    let maker = CropMaker(boxes: [box], of: image.size, wraps: true)
    let crop = try #require(maker.crops(of: image).first)
    #expect(crop.box == box && crop.part == box.surrounded(in: image.size) && crop.part.right > width)
    let shown = try ImageDecoder.decode(Array(crop.jpeg))
    let seam = (width - crop.part.left) * shown.width / crop.part.width
    func green(_ x: Int) -> Int { Int(shown.pixels[Image.channels * (shown.height / 2 * shown.width + x) + 1]) }
    #expect(green(seam - 8) < 60 && green(seam + 8) > 160)
    #expect(try maker.crops(of: CodedImage(#require(ImageEncoder.png(image)))) == [crop])
  }
}
