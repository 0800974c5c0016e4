import DigitNet
import Pipeline
import TestSupport
import Testing

@Suite("Crops of numbers")
struct CropMakerTests {
  /// A picture whose red says the column and whose green the row.
  private static func ramp(_ width: Int, _ height: Int) -> Image {
    let pixels = (0..<height * width).flatMap { place -> [UInt8] in
      [UInt8(place % width * 255 / width), UInt8(place / width * 255 / height), 90]
    }
    return Image(width: width, height: height, pixels: pixels)
  }

  private static func number(_ box: Box, _ confidence: Int = 9_000) -> HouseNumber {
    HouseNumber(digits: [Digit(value: 1, score: 9_000, box: box)], confidence: confidence)
  }

  @Test("A crop shows the part that it says, and is a few kilobytes")
  func content() throws {
    let image = Self.ramp(1_200, 900)
    for box in [
      Box(left: 500, top: 400, width: 40, height: 60), Box(left: 0, top: 0, width: 3, height: 5),
      Box(left: 900, top: 600, width: 300, height: 300),
    ] {
      let crop = try #require(CropMaker([Self.number(box)], of: image.size).crops(of: image).first)
      #expect(crop.box == box && crop.part == box.surrounded(in: image.size))
      #expect(crop.jpeg.count < 6_000)
      let shown = try ImageDecoder.decode(Array(crop.jpeg))
      #expect(max(shown.width, shown.height) == min(160, max(crop.part.width, crop.part.height)))
      let middle = 3 * (shown.height / 2 * shown.width + shown.width / 2)
      #expect(abs(Int(shown.pixels[middle]) - (crop.part.left + crop.part.width / 2) * 255 / 1_200) < 6)
      #expect(abs(Int(shown.pixels[middle + 1]) - (crop.part.top + crop.part.height / 2) * 255 / 900) < 6)
    }
  }

  @Test("A crop of the hardest noise has the size that shards may have")
  func noise() throws {
    var random = SeededGenerator(seed: 3)
    let pixels = (0..<3 * 160 * 160).map { _ in Bool.random(using: &random) ? UInt8(255) : 0 }
    let image = Image(width: 160, height: 160, pixels: pixels)
    let box = Box(left: 0, top: 0, width: 160, height: 160)
    let crop = try #require(CropMaker(boxes: [box], of: image.size).crops(of: image).first)
    #expect(crop.part == box && crop.jpeg.count > 10_000 && NumberCrop.isCropFile(crop.jpeg))
  }

  @Test("Crops of a picture that is read row by row are those of its pixels")
  func streamed() throws {
    let image = Self.ramp(700, 500)
    let numbers = [(10, 20, 30), (300, 200, 150), (650, 470, 20)].map { left, top, side in
      Self.number(Box(left: left, top: top, width: side, height: side))
    }
    let maker = CropMaker(numbers, of: image.size)
    let coded = try CodedImage(#require(ImageEncoder.png(image)))
    let crops = maker.crops(of: image)
    #expect(crops.count == 3)
    #expect(try maker.crops(of: coded) == crops)
  }

  @Test("Numbers that are not sure enough have none, and neither have boxes that are not in the picture")
  func leftOut() {
    let image = Self.ramp(100, 80)
    let box = Box(left: 10, top: 10, width: 20, height: 30)
    #expect(CropMaker([Self.number(box, 1_999)], of: image.size).isEmpty)
    #expect(CropMaker([Self.number(box, 2_000), Self.number(box)], of: image.size).crops(of: image).count == 1)
    #expect(CropMaker(boxes: [Box(left: 90, top: 10, width: 20, height: 30)], of: image.size).isEmpty)
    #expect(CropMaker(boxes: [], of: image.size).crops(of: image).isEmpty)
  }

  @Test("A JPEG that is written decodes to about the same pixels", arguments: [(1, 1), (7, 3), (160, 120)])
  func jpeg(width: Int, height: Int) throws {
    let image = Self.ramp(width, height)
    let decoded = try ImageDecoder.decode(#require(ImageEncoder.jpeg(image, quality: 90)))
    #expect(decoded.size == image.size)
    #expect(zip(decoded.pixels, image.pixels).allSatisfy { abs(Int($0) - Int($1)) < 40 })
    var random = SeededGenerator(seed: 5)
    let noise = Image(
      width: width, height: height, pixels: image.pixels.map { _ in UInt8.random(in: 0...255, using: &random) })
    #expect(try ImageDecoder.decode(#require(ImageEncoder.jpeg(noise, quality: 100))).size == image.size)
  }
}
